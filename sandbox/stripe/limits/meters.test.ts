import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { capacityOf, type Rule } from "./limit.ts";
import type { Meter } from "./meter.ts";
import { createMeter } from "./meters.ts";

const START_MS = 1_800_000_000_000;

/** Takes permits if possible. */
function ask(meter: Meter, nowMs: number, cost = 1): boolean {
  if (meter.waitMs(cost, nowMs) > 0) return false;
  meter.take(cost, nowMs);
  return true;
}

const quota = fc.integer({ min: 1, max: 20 });
const windowMs = fc.integer({ min: 1, max: 5000 });
const timed: fc.Arbitrary<Rule> = fc.oneof(
  fc.record({ kind: fc.constant("token-bucket" as const), perSecond: fc.integer({ min: 1, max: 100 }), burst: quota }),
  fc.record({ kind: fc.constant("fixed-window" as const), quota, windowMs }),
  fc.record({ kind: fc.constant("sliding-window" as const), quota, windowMs }),
);
const anyRequests = fc.array(
  fc.record({ pauseMs: fc.integer({ min: 0, max: 400 }), cost: fc.integer({ min: 1, max: 4 }) }),
  {
    maxLength: 200,
  },
);

/** Times and costs of the grants. */
function grantedBy(meter: Meter, requests: readonly { pauseMs: number; cost: number }[], most: number) {
  let nowMs = START_MS;
  const granted: { atMs: number; cost: number }[] = [];
  for (const { pauseMs, cost: requested } of requests) {
    nowMs += pauseMs;
    const cost = Math.min(requested, most);
    if (ask(meter, nowMs, cost)) granted.push({ atMs: nowMs, cost });
  }
  return { granted, nowMs };
}

const weigh = (items: readonly { cost: number }[]): number => items.reduce((sum, { cost }) => sum + cost, 0);

describe("every meter", () => {
  test("the announced wait is sufficient, and one millisecond less is not", () => {
    fc.assert(
      fc.property(timed, anyRequests, (rule, requests) => {
        const meter = createMeter(rule);
        const { nowMs } = grantedBy(meter, requests, capacityOf(rule));
        const waitMs = meter.waitMs(1, nowMs);
        expect(waitMs <= 1 || meter.waitMs(1, nowMs + waitMs - 1) > 0).toBe(true);
        expect(meter.waitMs(1, nowMs + waitMs + 0.001)).toBe(0);
      }),
    );
  });

  test("all permits are free at the announced reset, and not one millisecond earlier", () => {
    fc.assert(
      fc.property(timed, anyRequests, (rule, requests) => {
        const meter = createMeter(rule);
        const { nowMs } = grantedBy(meter, requests, capacityOf(rule));
        const { remaining, resetMs = 0 } = meter.reading(nowMs);
        const isFull = remaining === capacityOf(rule);
        expect(isFull || resetMs > 0).toBe(true);
        const isSoon = resetMs <= 1;
        expect(isFull || isSoon || meter.reading(nowMs + resetMs - 1).remaining < capacityOf(rule)).toBe(true);
        expect(meter.reading(nowMs + resetMs + 0.001).remaining).toBe(capacityOf(rule));
      }),
    );
  });

  test("grants exactly as many single permits as it announces as remaining", () => {
    fc.assert(
      fc.property(timed, anyRequests, (rule, requests) => {
        const meter = createMeter(rule);
        const { nowMs } = grantedBy(meter, requests, capacityOf(rule));
        const { remaining } = meter.reading(nowMs);
        for (let i = 0; i < remaining; i += 1) expect(ask(meter, nowMs)).toBe(true);
        expect(ask(meter, nowMs)).toBe(false);
      }),
    );
  });
});

describe("the kinds of meters", () => {
  test("a sliding window never grants more than its quota within any window, and refuses only when necessary", () => {
    fc.assert(
      fc.property(fc.record({ quota, windowMs }), anyRequests, (sizes, requests) => {
        const meter = createMeter({ kind: "sliding-window", ...sizes });
        let nowMs = START_MS;
        const granted: { atMs: number; cost: number }[] = [];
        for (const { pauseMs, cost: requested } of requests) {
          nowMs += pauseMs;
          const cost = Math.min(requested, sizes.quota);
          const fits = weigh(granted.filter(({ atMs }) => atMs > nowMs - sizes.windowMs)) + cost <= sizes.quota;
          expect(ask(meter, nowMs, cost)).toBe(fits);
          if (fits) granted.push({ atMs: nowMs, cost });
        }
      }),
    );
  });

  test("a fixed window grants its quota in each multiple of the window since 1970", () => {
    fc.assert(
      fc.property(fc.record({ quota, windowMs }), anyRequests, (sizes, requests) => {
        const { granted } = grantedBy(createMeter({ kind: "fixed-window", ...sizes }), requests, sizes.quota);
        const byWindow = Map.groupBy(granted, ({ atMs }) => Math.floor(atMs / sizes.windowMs));
        for (const items of byWindow.values()) expect(weigh(items)).toBeLessThanOrEqual(sizes.quota);
      }),
    );
    const meter = createMeter({ kind: "fixed-window", quota: 2, windowMs: 1000 });
    // Twice the quota within two milliseconds, around the restart: the weakness of fixed windows.
    const times = [START_MS + 999, START_MS + 999, START_MS + 999, START_MS + 1000, START_MS + 1000, START_MS + 1000];
    expect(times.map((atMs) => ask(meter, atMs))).toEqual([true, true, false, true, true, false]);
  });

  test("a token bucket grants its burst at once and its rate in the long run", () => {
    const meter = createMeter({ kind: "token-bucket", perSecond: 25, burst: 40 });
    const atOnce = Array.from({ length: 100 }, () => ask(meter, START_MS)).filter(Boolean);
    expect(atOnce).toHaveLength(40);
    let granted = 0;
    for (let ms = 1; ms <= 100_000; ms += 1) if (ask(meter, START_MS + ms)) granted += 1;
    expect(granted).toBe(2500);
  });

  test("a concurrency permit is returned when its request ends", () => {
    const meter = createMeter({ kind: "concurrency", concurrency: 2 });
    expect([ask(meter, 0), ask(meter, 0), ask(meter, 0)]).toEqual([true, true, false]);
    expect(meter.reading(0)).toEqual({ remaining: 0, resetMs: undefined });
    meter.release(1);
    expect([ask(meter, 0), ask(meter, 0)]).toEqual([true, false]);
  });
});
