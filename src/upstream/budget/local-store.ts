import type { Clock } from "../../runtime/clock.ts";
import { FRESH_BUCKET, type BucketState } from "./bucket-rules.ts";
import type { BudgetStore, Closure, LeaseRequest, LeaseGrant, BucketRefusal } from "./budget-store.ts";
import { leaseTurns } from "./lease-turns.ts";
import { refuseBucket } from "./refuse-bucket.ts";

/**
 * Creates buckets of this process alone: for tests and tools, and as the fallback while the shared ones are
 * unavailable.
 */
export function createLocalStore(clock: Clock): BudgetStore {
  const buckets = new Map<string, BucketState>();
  const stateOf = (bucket: string): BucketState => buckets.get(bucket) ?? FRESH_BUCKET;

  function lease(ask: LeaseRequest, replicas: number): LeaseGrant {
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

  function refuse(refusal: BucketRefusal): Closure[] {
    const nowMs = clock.epochMs();
    const current = stateOf(refusal.bucket);
    const state = refuseBucket(current, refusal, nowMs);
    buckets.set(refusal.bucket, state);
    if (state.closedUntilMs <= nowMs) return [];
    const { bucket, reason } = refusal;
    return [{ bucket, reason, untilEpochMs: state.closedUntilMs, isNew: current.closedUntilMs <= nowMs }];
  }

  return {
    lease: (asks, replicas) => Promise.resolve(asks.map((ask) => lease(ask, replicas))),
    refuse: (refusals) => Promise.resolve(refusals.flatMap(refuse)),
  };
}
