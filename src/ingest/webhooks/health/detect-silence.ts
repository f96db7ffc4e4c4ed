import { expectedBetween, type Past, expectedRate } from "./expected-rate.ts";

/** Number of deliveries expected since the last one, and the usual rate. */
export interface Silent {
  /** Expected number of arrivals since then, in the terms of `ExpectedRate`. */
  readonly expected: number;
  /** Expected number of arrivals in an hour like this one. */
  readonly expectedPerHour: number;
}

/**
 * Expected number of arrivals from which their complete absence counts as a silence: its probability is one in a
 * million at a source whose deliveries arrive at random, with some margin for those that arrive in bursts.
 */
const EXPECTED = 14;
/** Minimum duration however busy a source is: a deployment at the provider, or at ours, takes some minutes. */
const FLOOR_MS = 5 * 60_000;
/**
 * Longest period that is counted: counting on would add no information, because a longer silence was detected long
 * before.
 */
const MAX_COUNTED_MS = 14 * 24 * 3_600_000;

/**
 * Detects a silence: returns it if deliveries have stopped arriving, undefined if that cannot be concluded.
 * `past.untilMs` is the time of the last delivery.
 */
export function detectSilence(past: Past, nowMs: number): Silent | undefined {
  const sinceMs = past.untilMs;
  if (nowMs - sinceMs < FLOOR_MS) return undefined;
  const rate = expectedRate(past);
  if (rate === undefined) return undefined;
  const expected = expectedBetween(rate, Math.max(sinceMs, nowMs - MAX_COUNTED_MS), nowMs);
  return expected < EXPECTED ? undefined : { expected, expectedPerHour: rate.perMinuteAt(nowMs) * 60 };
}
