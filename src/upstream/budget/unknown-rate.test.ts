import { describe, expect, test } from "@jest/globals";
import { FIRST_RATE, FRESH_BUCKET, LOWEST_RATE, type BucketState } from "./bucket-rules.ts";
import { leaseTurns } from "./lease-turns.ts";
import { refuseBucket } from "./refuse-bucket.ts";

const ASK = { declared: undefined, needed: 1_000, interactive: 0, pace: undefined };
const REFUSAL = { declared: undefined, closeForMs: 0, slowDown: true };
const START_MS = 1_764_000_000_000;

/** A backfill that uses every permit, at an upstream that refuses more than the last second allows. */
function backfill(limitAt: (second: number) => number, seconds: number, declared?: number) {
  let state: BucketState = FRESH_BUCKET;
  /** Turns are leased in the order of their times, so these are in order too. */
  const accepted: number[] = [];
  const refused: number[] = [];
  const rates: number[] = [];
  for (let atMs = 0; atMs < seconds * 1_000; atMs += 50) {
    const leased = leaseTurns(state, { ...ASK, declared }, START_MS + atMs, 1);
    state = leased.state;
    rates.push(leased.rate);
    for (let turn = 0; turn < leased.turns; turn += 1) {
      const turnMs = leased.startMs - START_MS + turn * leased.intervalMs;
      const within = accepted.length - 1 - accepted.findLastIndex((acceptedMs) => acceptedMs <= turnMs - 1_000);
      if (within < limitAt(atMs / 1_000)) accepted.push(turnMs);
      else {
        refused.push(turnMs);
        state = refuseBucket(state, { ...REFUSAL, declared }, START_MS + atMs);
      }
    }
  }
  const between = (times: number[], from: number, to: number): number =>
    times.filter((atMs) => atMs >= from * 1_000 && atMs < to * 1_000).length;
  return {
    rates,
    accepted: (from: number, to: number) => between(accepted, from, to),
    refused: (from: number, to: number) => between(refused, from, to),
  };
}

describe("an unknown rate", () => {
  test.each([10, 40, 200])("of %i a second is found, and nearly all of it is used with few refusals", (limit) => {
    const { accepted, refused } = backfill(() => limit, 180);
    expect(accepted(60, 180)).toBeGreaterThanOrEqual(limit * 120 * 0.9);
    expect(refused(60, 180)).toBeLessThanOrEqual(accepted(60, 180) * 0.02);
  });

  test("that is halved is found again, and again when it is restored", () => {
    const { accepted } = backfill((second) => (second < 60 || second >= 120 ? 100 : 50), 240);
    expect(accepted(80, 120)).toBeGreaterThanOrEqual(50 * 40 * 0.85);
    expect(accepted(180, 240)).toBeGreaterThanOrEqual(100 * 60 * 0.85);
  });

  test("does not grow while it is not fully used", () => {
    let state = leaseTurns(FRESH_BUCKET, ASK, START_MS, 1).state;
    for (let second = 1; second <= 600; second += 1) {
      state = leaseTurns(state, { ...ASK, needed: 1 }, START_MS + second * 1_000, 1).state;
    }
    expect(state.rate).toBe(FIRST_RATE);
  });
});

describe("a declared rate", () => {
  test("is never exceeded, and is reached again after a refusal", () => {
    const { rates, accepted } = backfill((second) => (second >= 10 && second < 12 ? 10 : 1_000), 120, 50);
    expect(Math.max(...rates)).toBe(50);
    expect(Math.min(...rates)).toBeLessThan(48);
    expect(rates.at(-1)).toBe(50);
    expect(accepted(100, 110)).toBeGreaterThanOrEqual(490);
  });
});

describe("a limit that is shared with a foreign consumer", () => {
  test("which takes half of a declared rate: nearly all of the other half is used with few refusals, and all of it when the consumer has stopped", () => {
    const { accepted, refused } = backfill((second) => (second < 120 ? 50 : 100), 240, 100);
    expect(accepted(20, 120)).toBeGreaterThanOrEqual(50 * 100 * 0.8);
    expect(refused(20, 120)).toBeLessThanOrEqual(accepted(20, 120) * 0.02);
    expect(accepted(180, 240)).toBeGreaterThanOrEqual(100 * 60 * 0.9);
  });
});

describe("a rate limit refusal", () => {
  const current: BucketState = { ...FRESH_BUCKET, rate: 100, nextTurnMs: START_MS, refusedAtMs: START_MS - 60_000 };

  test("reduces the rate once for refusals within half a second, and further for a later one", () => {
    const once = refuseBucket(current, REFUSAL, START_MS);
    expect([once.rate, once.ceiling]).toEqual([93, 100]);
    expect(refuseBucket(once, REFUSAL, START_MS + 499)).toEqual(once);
    expect(refuseBucket(once, REFUSAL, START_MS + 1_500).rate).toBeCloseTo(93 * 0.87);
    expect(refuseBucket(once, REFUSAL, START_MS + 6_000).rate).toBeCloseTo(93 * 0.93);
  });

  test("keeps a minimum rate after any number of refusals", () => {
    let state = current;
    for (let n = 0; n < 100; n += 1) state = refuseBucket(state, REFUSAL, START_MS + n * 1_100);
    expect(state.rate).toBe(LOWEST_RATE);
  });

  test("closes the bucket until the latest named time, and does not reduce the rate while the bucket is still closed (F19)", () => {
    const closed = refuseBucket(current, { ...REFUSAL, closeForMs: 30_000, slowDown: false }, START_MS);
    expect([closed.rate, closed.closedUntilMs]).toEqual([100, START_MS + 30_000]);
    const again = refuseBucket(closed, { ...REFUSAL, closeForMs: 1_000, slowDown: false }, START_MS + 1);
    expect(again.closedUntilMs).toBe(START_MS + 30_000);
    for (const interactive of [0, 50]) {
      const leased = leaseTurns(closed, { ...ASK, interactive }, START_MS + 29_999, 3);
      expect([leased.immediate, leased.turns, leased.askAgainMs]).toEqual([0, 0, START_MS + 30_000]);
    }
    expect(leaseTurns(closed, ASK, START_MS + 30_000, 1).turns).toBeGreaterThan(0);
  });
});

describe("a clock that was set back by an hour (F13)", () => {
  const before: BucketState = {
    ...FRESH_BUCKET,
    rate: 100,
    nextTurnMs: START_MS + 3_600_000,
    reserveMs: START_MS + 3_600_000,
    rateAtMs: START_MS + 3_600_000,
    refusedAtMs: START_MS + 3_600_000,
  };

  test("neither stops the bucket for an hour nor makes it faster", () => {
    const first = leaseTurns(before, { ...ASK, declared: 100 }, START_MS, 1);
    expect([first.startMs, first.state.rate]).toEqual([START_MS, 100]);
    const second = leaseTurns(first.state, { ...ASK, declared: 100, interactive: 1 }, START_MS + 5, 1);
    expect(second.startMs).toBeGreaterThan(first.startMs + (first.turns - 1) * first.intervalMs);
    expect(second.immediate).toBe(1);
  });

  test("does not make it ignore refusals", () => {
    const state = refuseBucket(before, REFUSAL, START_MS);
    expect([state.rate, state.refusedAtMs]).toEqual([93, START_MS]);
  });

  test("a merely long queue is not mistaken for it", () => {
    const state = { ...FRESH_BUCKET, rate: 10, nextTurnMs: START_MS + 5_100 };
    expect(leaseTurns(state, { ...ASK, declared: 10, interactive: 1 }, START_MS, 1).startMs).toBe(START_MS + 5_100);
  });
});
