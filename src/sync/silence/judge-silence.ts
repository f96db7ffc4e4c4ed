import { expectedBetween, type Past, usualRate } from "./usual-rate.ts";

/** What should have come since the last delivery, and what usually does. */
export interface Silent {
  /** Times at which deliveries should have come. */
  readonly expected: number;
  /** Such times in an hour like this one. */
  readonly usualPerHour: number;
}

/**
 * So many that none of them comes, of which each could have: one in a million at a source whose deliveries come by chance, and some
 * room for those that come in heaps.
 */
const EXPECTED = 14;
/** However busy a source is: a deployment at the provider, or at ours, takes its time. */
const FLOOR_MS = 5 * 60_000;
/** Nothing more is learned from counting on: a source that is silent for longer has been so for long. */
const MAX_COUNTED_MS = 14 * 24 * 3_600_000;

/** Whether deliveries have stopped coming; undefined: not that we could say. `past.untilMs` is when the last one came. */
export function judgeSilence(past: Past, nowMs: number): Silent | undefined {
  const sinceMs = past.untilMs;
  if (nowMs - sinceMs < FLOOR_MS) return undefined;
  const rate = usualRate(past);
  if (rate === undefined) return undefined;
  const expected = expectedBetween(rate, Math.max(sinceMs, nowMs - MAX_COUNTED_MS), nowMs);
  return expected < EXPECTED ? undefined : { expected, usualPerHour: rate.perMinuteAt(nowMs) * 60 };
}
