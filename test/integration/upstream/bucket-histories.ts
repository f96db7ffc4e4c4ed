import fc from "fast-check";
import { FRESH_BUCKET, type BucketState } from "../../../src/upstream/budget/bucket-rules.ts";
import type { LeaseRequest, BucketRefusal } from "../../../src/upstream/budget/budget-store.ts";

export const BUCKETS = ["account", "endpoint/charges", "endpoint/refunds"];

/** One request to some of the buckets; all except the first run on a clock that may jump. */
export interface Step {
  readonly pauseMs: number;
  readonly replicas: number;
  readonly asks: readonly (LeaseRequest | BucketRefusal)[];
}

/** Returns whether the step's request reports an upstream's refusal. */
export const isRefusal = (ask: LeaseRequest | BucketRefusal): ask is BucketRefusal => "slowDown" in ask;

const anyRate = fc.oneof(
  fc.double({ min: 0.1, max: 40, noNaN: true }),
  fc.double({ min: 40, max: 2_000, noNaN: true }),
);
/** Mostly the usual time between two requests; sometimes hours, and a clock that is set back. */
const anyPauseMs = fc.oneof(
  { weight: 12, arbitrary: fc.double({ min: 0, max: 150, noNaN: true }) },
  { weight: 4, arbitrary: fc.double({ min: 0, max: 3_000, noNaN: true }) },
  { weight: 1, arbitrary: fc.double({ min: -3_600_000, max: 3_600_000, noNaN: true }) },
);
const anyLease = (bucket: string): fc.Arbitrary<LeaseRequest> =>
  fc.record({
    bucket: fc.constant(bucket),
    declared: fc.option(anyRate, { nil: undefined }),
    needed: fc.oneof(fc.nat(3), fc.nat(200)),
    interactive: fc.oneof(fc.constant(0), fc.nat(3), fc.nat(500)), // more than a reserve, and than a queue, holds,
    pace: fc.option(fc.record({ rate: anyRate, forMs: fc.nat(2_000) }), { nil: undefined, freq: 1 }),
  });
const anyRefusal = (bucket: string): fc.Arbitrary<BucketRefusal> =>
  fc.record({
    bucket: fc.constant(bucket),
    declared: fc.option(anyRate, { nil: undefined }),
    closeForMs: fc.oneof(fc.constant(0), fc.nat(400)),
    reason: fc.constantFrom("RETRY_AFTER" as const, "QUOTA_USED_UP" as const),
    slowDown: fc.boolean(),
  });
const anyAsks = fc
  .subarray(BUCKETS, { minLength: 1 })
  .chain((chosen): fc.Arbitrary<Step["asks"]> =>
    fc.oneof(
      { weight: 4, arbitrary: fc.tuple(...chosen.map(anyLease)) },
      { weight: 1, arbitrary: fc.tuple(...chosen.map(anyRefusal)) },
    ),
  );
/** Weighted towards usual values. */
export const anyStep: fc.Arbitrary<Step> = fc.record({
  pauseMs: anyPauseMs,
  replicas: fc.integer({ min: 1, max: 20 }),
  asks: anyAsks,
});
const aSpan = fc.double({ min: -20_000, max: 20_000, noNaN: true });
/** Any row that history, an operator or a clock may have left, at `nowMs`. */
export const anyState = (nowMs: number): fc.Arbitrary<BucketState> =>
  fc.oneof(
    fc.constant(FRESH_BUCKET),
    fc.record({
      nextTurnMs: aSpan.map((span) => nowMs + span),
      reserveMs: aSpan.map((span) => nowMs + span / 20),
      rate: fc.option(anyRate, { nil: undefined }),
      rateAtMs: aSpan.map((span) => nowMs + span / 10),
      ceiling: fc.option(anyRate, { nil: undefined }),
      refusedAtMs: aSpan.map((span) => nowMs + span),
      paceRate: fc.option(anyRate, { nil: undefined }),
      paceUntilMs: aSpan.map((span) => nowMs + span / 10),
      closedUntilMs: aSpan.map((span) => nowMs + span / 100),
    }),
  );

/** Start of the histories: with a fraction, like the store's clock. */
export const START_MS = 1_764_000_000_123.456;
