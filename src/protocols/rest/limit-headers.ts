import { countedLimits, type CounterHeaders } from "./limit-counters.ts";
import { namedLimits } from "./limit-policies.ts";
import type { LimitSignal } from "./limit-signal.ts";

export type { LimitSignal } from "./limit-signal.ts";

/** Header families by age, the most recent first. */
const COUNTERS: readonly CounterHeaders[] = [
  { prefix: "ratelimit-", resetMayBeMoment: false },
  { prefix: "x-ratelimit-", resetMayBeMoment: true },
  { prefix: "x-rate-limit-", resetMayBeMoment: true },
];

/**
 * Returns the statements of a response about its upstream's limits, regardless of its status. Several families of
 * headers in one response state the same in several spellings: the most exact valid one is used. Invalid values are
 * ignored: malformed, negative, more remaining than the quota, a reset in the past or more than a day ahead.
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
