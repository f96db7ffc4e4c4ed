import type { Clock } from "../clock.ts";
import { FRESH_BUCKET, type BucketState } from "./bucket-rules.ts";
import type { BudgetStore, Closure, LeaseAsk, LeaseGrant, Refusal } from "./budget-store.ts";
import { leaseTurns } from "./lease-turns.ts";
import { refuseBucket } from "./refuse-bucket.ts";

/** Buckets of this process alone: for tests and tools, and the stand-in while the shared ones cannot be reached. */
export function createLocalStore(clock: Clock): BudgetStore {
  const buckets = new Map<string, BucketState>();
  const stateOf = (bucket: string): BucketState => buckets.get(bucket) ?? FRESH_BUCKET;

  function lease(ask: LeaseAsk, replicas: number): LeaseGrant {
    const nowMs = clock.epochMs();
    const toMonotonic = clock.monotonicMs() - nowMs;
    const { state, ...leased } = leaseTurns(stateOf(ask.bucket), ask, nowMs, replicas);
    buckets.set(ask.bucket, state);
    return {
      ...leased,
      bucket: ask.bucket,
      startMs: leased.startMs + toMonotonic,
      askAgainMs: leased.askAgainMs + toMonotonic,
      closedUntilMs: state.closedUntilMs + toMonotonic,
    };
  }

  function refuse(refusal: Refusal): Closure[] {
    const nowMs = clock.epochMs();
    const held = stateOf(refusal.bucket);
    const state = refuseBucket(held, refusal, nowMs);
    buckets.set(refusal.bucket, state);
    if (state.closedUntilMs <= nowMs) return [];
    const { bucket, reason } = refusal;
    return [{ bucket, reason, untilEpochMs: state.closedUntilMs, isNew: held.closedUntilMs <= nowMs }];
  }

  return {
    lease: (asks, replicas) => Promise.resolve(asks.map((ask) => lease(ask, replicas))),
    refuse: (refusals) => Promise.resolve(refusals.flatMap(refuse)),
  };
}
