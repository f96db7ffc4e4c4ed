import { describe, expect, test } from "@jest/globals";
import { BUCKETS, bucketOf, quantile } from "./histogram.ts";
import { createSeries } from "./series.ts";

function bucketsOf(values: readonly number[]): number[] {
  const buckets = Array.from({ length: BUCKETS }, () => 0);
  for (const value of values) buckets[bucketOf(value)] = (buckets[bucketOf(value)] ?? 0) + 1;
  return buckets;
}

describe("a quantile of a histogram", () => {
  test.each([0.5, 0.95, 0.99])("is at most half as much above the true value of %d, and never below it", (share) => {
    const values = Array.from({ length: 1_000 }, (_, n) => 2 + n * n * 0.37);
    const exact = values[Math.ceil(share * values.length) - 1] ?? 0;
    const found = quantile(bucketsOf(values), share, Math.max(...values)) ?? 0;
    expect(found).toBeGreaterThanOrEqual(exact);
    expect(found).toBeLessThanOrEqual(exact * 1.5);
  });

  test("is unknown without values, and never above the greatest one", () => {
    expect(quantile(bucketsOf([]), 0.5, 0)).toBeUndefined();
    expect(quantile(bucketsOf([100]), 0.99, 100)).toBe(100);
    expect(quantile(bucketsOf([Number.MAX_VALUE]), 0.5, 5)).toBe(5);
    expect(quantile(bucketsOf([5e9]), 0.5, 5e9)).toBe(5e9);
    expect([bucketOf(-1), bucketOf(Number.NaN), bucketOf(0.2)]).toEqual([0, 0, 0]);
  });
});

describe("a series", () => {
  test("has one entry for each source, metric and minute, which is taken once", () => {
    let nowMs = 60_000;
    const series = createSeries(() => nowMs);
    series.add("acme", "a", "CALLS", 2);
    series.add("acme", "a", "CALLS", 3);
    series.add("acme", "a", "CALL_DURATION_MS", 100);
    nowMs = 125_000;
    series.add("acme", "a", "CALLS", 1);
    series.add("umbrella", "b", "CALLS", 1);
    const taken = series.take();
    expect(taken.get("acme")?.map(({ name, minuteMs, count, sum, max }) => [name, minuteMs, count, sum, max])).toEqual([
      ["CALLS", 60_000, 5, 5, 3],
      ["CALL_DURATION_MS", 60_000, 1, 100, 100],
      ["CALLS", 120_000, 1, 1, 1],
    ]);
    expect(taken.get("umbrella")).toHaveLength(1);
    expect(series.take().size).toBe(0);
  });

  test("does not grow beyond its limit, whatever the number of sources (F112)", () => {
    const series = createSeries(() => 0, 10);
    for (let n = 0; n < 100; n += 1) series.add("acme", `source-${n}`, "CALLS", 1);
    expect(series.take().get("acme")).toHaveLength(10);
  });
});
