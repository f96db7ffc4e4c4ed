import {
  AFTER_REFUSAL,
  FIRST_RATE,
  FURTHER_REFUSAL_MS,
  LOWEST_RATE,
  SAME_REFUSAL_MS,
  type BucketState,
} from "./bucket-rules.ts";
import type { Refusal } from "./budget-store.ts";

/** A bucket after the upstream refused a call, or said that nothing is left: multiplicative decrease, and closed for a time. */
export function refuseBucket(
  held: BucketState,
  refusal: Omit<Refusal, "bucket" | "reason">,
  nowMs: number,
): BucketState {
  const closedUntilMs =
    refusal.closeForMs > 0 ? Math.max(held.closedUntilMs, nowMs + refusal.closeForMs) : held.closedUntilMs;
  const sinceMs = Math.abs(nowMs - held.refusedAtMs); // a clock that was set back must not make refusals unheard
  if (!refusal.slowDown || sinceMs < SAME_REFUSAL_MS) return { ...held, closedUntilMs };
  const rate = held.rate ?? refusal.declared ?? FIRST_RATE;
  const left = sinceMs < FURTHER_REFUSAL_MS ? AFTER_REFUSAL.further : AFTER_REFUSAL.first;
  return {
    ...held,
    closedUntilMs,
    rate: Math.max(LOWEST_RATE, rate * left),
    rateAtMs: nowMs,
    ceiling: rate,
    refusedAtMs: nowMs,
  };
}
