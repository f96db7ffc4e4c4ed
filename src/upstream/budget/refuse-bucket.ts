import {
  AFTER_REFUSAL,
  FIRST_RATE,
  FURTHER_REFUSAL_MS,
  LOWEST_RATE,
  SAME_REFUSAL_MS,
  type BucketState,
} from "./bucket-rules.ts";
import type { BucketRefusal } from "./budget-store.ts";

/**
 * Returns a bucket after the upstream refused a call, or stated that no quota is left: multiplicative decrease, and
 * closed for a time.
 */
export function refuseBucket(
  current: BucketState,
  refusal: Omit<BucketRefusal, "bucket" | "reason">,
  nowMs: number,
): BucketState {
  const closedUntilMs =
    refusal.closeForMs > 0 ? Math.max(current.closedUntilMs, nowMs + refusal.closeForMs) : current.closedUntilMs;
  const sinceMs = Math.abs(nowMs - current.refusedAtMs); // refusals must count even after the clock was set back
  if (!refusal.slowDown || sinceMs < SAME_REFUSAL_MS) return { ...current, closedUntilMs };
  const rate = current.rate ?? refusal.declared ?? FIRST_RATE;
  const left = sinceMs < FURTHER_REFUSAL_MS ? AFTER_REFUSAL.further : AFTER_REFUSAL.first;
  return {
    ...current,
    closedUntilMs,
    rate: Math.max(LOWEST_RATE, rate * left),
    rateAtMs: nowMs,
    ceiling: rate,
    refusedAtMs: nowMs,
  };
}
