import { describe, expect, test } from "@jest/globals";
import { createLruCache } from "./lru-cache.ts";

describe("an LRU cache", () => {
  test("forgets what was not used for longest when there are too many", () => {
    const cache = createLruCache<number>({ maxEntries: 2, maxWeight: 100 });
    cache.set("a", 1, 1);
    cache.set("b", 2, 1);
    expect(cache.get("a")).toBe(1);
    cache.set("c", 3, 1);
    expect([cache.get("a"), cache.get("b"), cache.get("c")]).toEqual([1, undefined, 3]);
  });

  test("is bounded in weight, whatever comes in which order", () => {
    const cache = createLruCache<string>({ maxEntries: 1_000, maxWeight: 10 });
    for (const weight of [4, 4, 4, 11, 10, 1]) cache.set(`${weight}`, "x", weight);
    expect([cache.get("4"), cache.get("11"), cache.get("10"), cache.get("1")]).toEqual([
      undefined,
      undefined,
      undefined,
      "x",
    ]);
    expect(cache.size).toBe(1);
  });

  test("does not keep what is heavier than all of it, nor what it stood for before", () => {
    const cache = createLruCache<string>({ maxEntries: 10, maxWeight: 10 });
    cache.set("a", "small", 1);
    cache.set("a", "large", 11);
    expect(cache.get("a")).toBeUndefined();
    expect(cache.size).toBe(0);
  });
});
