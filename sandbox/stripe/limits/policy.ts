import type { Rule } from "./limit.ts";

/** A rule in the terms of the headers: `quota` requests in `windowS` whole seconds. */
export interface Policy {
  readonly quota: number;
  /** Undefined for concurrency. */
  readonly windowS: number | undefined;
}

/** Prevents 10.000000000000002 from being rounded up to 11. */
const ROUNDING = 1e-6;

/**
 * The policy of a rule. Windows are rounded up to whole seconds and their quota in proportion, rounded down. A bucket's
 * window is the time in which it fills. Thus quota / window is at most the rate that the limit allows in the long run.
 */
export function policyOf(rule: Rule): Policy {
  if (rule.kind === "concurrency") return { quota: rule.concurrency, windowS: undefined };
  if (rule.kind === "token-bucket") {
    const windowS = Math.max(1, Math.ceil(rule.burst / rule.perSecond - ROUNDING));
    return { quota: Math.floor(rule.perSecond * windowS + ROUNDING), windowS };
  }
  const windowS = Math.max(1, Math.ceil(rule.windowMs / 1000));
  return { quota: Math.floor((rule.quota * windowS * 1000) / rule.windowMs + ROUNDING), windowS };
}
