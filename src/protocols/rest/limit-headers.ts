import { countedLimits, type CounterHeaders } from "./limit-counters.ts";
import { namedLimits } from "./limit-policies.ts";
import type { LimitSignal } from "./limit-signal.ts";

export type { LimitSignal } from "./limit-signal.ts";

/** In the order of their age, youngest first. */
const COUNTERS: readonly CounterHeaders[] = [
  { prefix: "ratelimit-", resetMayBeMoment: false },
  { prefix: "x-ratelimit-", resetMayBeMoment: true },
  { prefix: "x-rate-limit-", resetMayBeMoment: true },
];

/**
 * What an answer says about its upstream's limits, whatever the status. Where several families of headers stand side by
 * side they say the same in several spellings: the most exact one that makes sense is taken. What makes no sense is
 * ignored: malformed, negative, more left than there is, a reset in the past or more than a day ahead.
 */
export function limitSignals(headers: Readonly<Record<string, string>>, nowMs: number): readonly LimitSignal[] {
  const named = namedLimits(headers);
  if (named.length > 0) return named;
  for (const spelling of COUNTERS) {
    const counted = countedLimits(headers, spelling, nowMs);
    if (counted.length > 0) return counted;
  }
  return [];
}
