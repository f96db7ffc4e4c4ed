import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { createArrivalLog } from "./arrival-log.ts";
import { createPerSecond } from "./per-second.ts";
import { createSlidingPeak } from "./sliding-peak.ts";
import { createTally } from "./tally.ts";

const START_MS = 1_800_000_000_000;
const arrivals = fc
  .array(
    fc.record({
      // Arrivals are often simultaneous and often exactly a second apart: at the edges of windows.
      pauseMs: fc.oneof(fc.constantFrom(0, 0, 1, 500, 999, 1000, 1001), fc.integer({ min: 0, max: 300 })),
      weight: fc.integer({ min: 1, max: 5 }),
    }),
    { maxLength: 300 },
  )
  .map((items) => {
    let atMs = START_MS;
    return items.map(({ pauseMs, weight }) => ({ atMs: (atMs += pauseMs), weight }));
  });

/** The definition: for each arrival, the weight within the second that begins at it. */
function bruteForcePeak(items: readonly { atMs: number; weight: number }[]): number {
  const sums = items.map(({ atMs: fromMs }) =>
    items.filter(({ atMs }) => atMs >= fromMs && atMs < fromMs + 1000).reduce((sum, { weight }) => sum + weight, 0),
  );
  return Math.max(0, ...sums);
}

describe("the peak of a sliding window", () => {
  test("equals the maximum over all windows", () => {
    fc.assert(
      fc.property(arrivals, (items) => {
        const peak = createSlidingPeak();
        for (const { atMs, weight } of items) peak.add(atMs, weight);
        expect(peak.peak()).toBe(bruteForcePeak(items));
      }),
    );
  });

  test("includes windows across two clock seconds, which a count per second misses", () => {
    const peak = createSlidingPeak();
    const perSecond = createPerSecond();
    for (const ms of [900, 950, 1000, 1050]) {
      peak.add(START_MS + ms, 1);
      perSecond.add(START_MS + ms, true);
    }
    expect(peak.peak()).toBe(4);
    expect(perSecond.read().map(([, accepted]) => accepted)).toEqual([2, 2]);
  });

  test("a million additions to a window of fifty thousand finish, because no addition scans the whole window", () => {
    const peak = createSlidingPeak();
    for (let i = 0; i < 1_000_000; i += 1) peak.add(START_MS + i / 50, 1);
    expect(peak.peak()).toBe(50_000);
  });
});

describe("counts per second", () => {
  test("are kept for ten minutes, and silent seconds are left out", () => {
    const perSecond = createPerSecond();
    perSecond.add(START_MS, true);
    perSecond.add(START_MS + 1, false);
    perSecond.add(START_MS + 599_000, false);
    const first = START_MS / 1000;
    expect(perSecond.read()).toEqual([
      [first, 1, 1],
      [first + 599, 0, 1],
    ]);
    perSecond.add(START_MS + 600_000, true);
    perSecond.add(START_MS + 9_000_000, true);
    expect(perSecond.read()).toEqual([[first + 9000, 1, 0]]);
  });
});

describe("a tally of concurrent requests", () => {
  test("counts requests in progress across a reset", () => {
    const tally = createTally();
    tally.arrive(START_MS, true, 1);
    tally.arrive(START_MS + 5, true, 3);
    tally.arrive(START_MS + 6, false, 1);
    expect(tally.read()).toMatchObject({
      arrived: 3,
      accepted: 2,
      refused: 1,
      permits: 4,
      peakPerSecond: 5,
      peakAcceptedPerSecond: 4,
      concurrentPeak: 2,
      firstAtMs: START_MS,
      lastAtMs: START_MS + 6,
    });
    tally.reset();
    expect(tally.read()).toMatchObject({ arrived: 0, concurrentPeak: 2 });
    tally.leave();
    tally.arrive(START_MS + 7, true, 1);
    expect(tally.read()).toMatchObject({ arrived: 1, concurrentPeak: 2, firstAtMs: START_MS + 7 });
    tally.leave();
    tally.leave();
    tally.reset();
    expect(tally.read()).toMatchObject({ arrived: 0, concurrentPeak: 0, firstAtMs: null });
  });
});

describe("a peak after a stall", () => {
  test("spreads requests that arrived while the server stalled over that time", () => {
    const peakOf = (sinceMs: (atMs: number) => number) => {
      const peak = createSlidingPeak();
      // One every 40 ms; those due from 160 to 280 ms are read together at 300 ms.
      for (let dueMs = 0; dueMs <= 1_300; dueMs += 40) {
        const atMs = START_MS + (dueMs >= 160 && dueMs < 300 ? 300 : dueMs);
        peak.add(atMs, 1, sinceMs(atMs));
      }
      return peak.peak();
    };
    expect(peakOf((atMs) => atMs)).toBe(29);
    expect(peakOf((atMs) => (atMs === START_MS + 300 ? START_MS + 140 : atMs))).toBe(25);
  });
});

describe("the arrival log", () => {
  const arrival = (serial: number) => ({
    atMs: START_MS + serial,
    sinceMs: START_MS + serial - (serial % 7),
    key: `sk_${serial % 3}`,
    method: "POST",
    path: "/v1/charges",
    idempotencyKey: serial % 2 === 0 ? `key-${serial}` : null,
  });

  test("keeps the latest requests with their final status", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), fc.integer({ min: 0, max: 7000 }), (capacity, count) => {
        const log = createArrivalLog(capacity);
        const answers = Array.from({ length: count }, (_, serial) => log.add(arrival(serial)));
        for (const [serial, answer] of answers.entries()) if (serial % 5 > 0) answer(200 + (serial % 5));
        const expected = Array.from({ length: count }, (_, serial) => ({
          ...arrival(serial),
          status: serial % 5 > 0 ? 200 + (serial % 5) : 0,
        })).slice(-capacity);
        expect([...log.read(undefined)]).toEqual(expected);
        expect([...log.read("sk_1")]).toEqual(expected.filter(({ key }) => key === "sk_1"));
      }),
      { numRuns: 30 },
    );
  });

  test("ignores the response to a request that was dropped from the log", () => {
    const log = createArrivalLog(2);
    const answer = log.add(arrival(0));
    log.add(arrival(1));
    log.add(arrival(2));
    answer(500);
    expect([...log.read(undefined)].map(({ status }) => status)).toEqual([0, 0]);
    log.reset();
    answer(500);
    expect([...log.read(undefined)]).toEqual([]);
  });
});
