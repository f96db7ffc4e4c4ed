import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { createKeyCache } from "./key-cache.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Number of fetches at once for ids without a key; after that it is one a minute. */
const BURST = 1;

interface Key {
  readonly kid: string;
}

/** A provider with some keys, a clock that only advances on request, and a cache between them. */
function setUp(known: readonly string[] = [], fetchTimeoutMs = 5000) {
  const state = { nowMs: 1_763_800_000_000, known: new Set(known), isDown: false };
  const fetched: string[] = [];
  const failures: unknown[] = [];
  const cache = createKeyCache<Key>({
    async fetchKey(kid) {
      fetched.push(kid);
      if (state.isDown) throw new Error("refused");
      return state.known.has(kid) ? { kid } : undefined;
    },
    nowMs: () => state.nowMs,
    onFetchFailed: (reason) => failures.push(reason),
    fetchTimeoutMs,
  });
  return { state, fetched, failures, cache };
}

describe("a key in use", () => {
  test("is fetched once for any number of concurrent and later calls (F54)", async () => {
    const { state, fetched, cache } = setUp(["a"]);
    const keys = await Promise.all(Array.from({ length: 100 }, () => cache.get("a")));
    expect(keys).toEqual(Array.from({ length: 100 }, () => ({ kid: "a" })));
    state.nowMs += HOUR_MS - 1;
    expect(await cache.get("a")).toEqual({ kid: "a" });
    expect(fetched).toEqual(["a"]);
  });

  test("is fetched again after an hour, and dropped when the provider no longer has it", async () => {
    const { state, fetched, cache } = setUp(["a"]);
    await cache.get("a");
    state.nowMs += HOUR_MS;
    expect(await cache.get("a")).toEqual({ kid: "a" });
    expect(fetched).toEqual(["a", "a"]);
    state.known.clear();
    state.nowMs += HOUR_MS;
    expect(await cache.get("a")).toBeUndefined();
    expect(await cache.get("a")).toBeUndefined();
    expect(fetched).toEqual(["a", "a", "a"]);
  });

  test("is used for up to a day while it cannot be fetched again, which is tried once a minute", async () => {
    const { state, fetched, failures, cache } = setUp(["a"]);
    await cache.get("a");
    state.isDown = true;
    state.nowMs += HOUR_MS;
    for (let second = 0; second < 180; second += 1) {
      expect(await cache.get("a")).toEqual({ kid: "a" });
      state.nowMs += 1000;
    }
    expect(fetched).toHaveLength(1 + 3);
    expect(failures).toHaveLength(3);
    state.nowMs += 23 * HOUR_MS;
    expect(await cache.get("a")).toBeUndefined();
  });
});

describe("an unknown key id", () => {
  test("is refused without a fetch for 5 minutes after the provider did not know it (F54)", async () => {
    const { state, fetched, cache } = setUp();
    expect(await cache.get("x")).toBeUndefined();
    state.nowMs += 5 * MINUTE_MS - 1;
    expect(await cache.get("x")).toBeUndefined();
    expect(fetched).toEqual(["x"]);
    state.known.add("x");
    state.nowMs += 1;
    expect(await cache.get("x")).toEqual({ kid: "x" });
  });

  test.each(["", "a/b", "../a", "a b", "a\n", "a.b", "k".repeat(65), "ä", "a%2f", '"', "\0"])(
    "of the form %j is never fetched (F54)",
    async (kid) => {
      const { fetched, cache } = setUp([kid]);
      expect(await cache.get(kid)).toBeUndefined();
      expect(fetched).toEqual([]);
    },
  );

  test.each(["__proto__", "constructor", "toString"])("named %s is treated like any other name (F62)", async (kid) => {
    const { fetched, cache } = setUp();
    expect(await cache.get(kid)).toBeUndefined();
    expect(fetched).toEqual([kid]);
  });

  test("whose fetch failed is refused, and may be fetched again when a token is available (F54)", async () => {
    const { state, fetched, failures, cache } = setUp(["a"]);
    state.isDown = true;
    for (let call = 0; call < 10; call += 1) expect(await cache.get("a")).toBeUndefined();
    expect(fetched).toHaveLength(BURST); // fetching again at once is useless
    expect(failures).toHaveLength(BURST);
    state.isDown = false;
    state.nowMs += MINUTE_MS;
    expect(await cache.get("a")).toEqual({ kid: "a" });
  });

  test("whose fetch never ends is refused at the deadline, for all waiting calls (F54)", async () => {
    const failures: unknown[] = [];
    const cache = createKeyCache<Key>({
      fetchKey: () => Promise.withResolvers<Key>().promise,
      nowMs: () => 0,
      onFetchFailed: (reason) => failures.push(reason),
      fetchTimeoutMs: 5,
    });
    // The deadline's timer keeps no process alive by itself.
    const alive = setInterval(() => undefined, 1000);
    expect(await Promise.all([cache.get("a"), cache.get("a")])).toEqual([undefined, undefined]);
    clearInterval(alive);
    expect(failures).toEqual([expect.objectContaining({ name: "TimeoutError" })]);
  });
});

describe("a flood of key ids (F54)", () => {
  test("causes one fetch and one a minute after it, while the keys in use are served and refreshed", async () => {
    const { state, fetched, cache } = setUp(["used"]);
    await cache.get("used");
    for (let second = 0; second < 7200; second += 1) {
      await Promise.all(Array.from({ length: 5 }, (_, n) => cache.get(`flood-${second}-${n}`)));
      expect(await cache.get("used")).toEqual({ kid: "used" });
      state.nowMs += 1000;
    }
    expect(fetched.filter((kid) => kid !== "used").length).toBeLessThanOrEqual(BURST + 120);
    expect(fetched.filter((kid) => kid === "used")).toHaveLength(2);
  });

  test("delays a new key for at most its own duration and one minute", async () => {
    const { state, cache } = setUp(["new"]);
    for (let n = 0; n < 100; n += 1) await cache.get(`flood-${n}`);
    expect(await cache.get("new")).toBeUndefined();
    state.nowMs += MINUTE_MS;
    expect(await cache.get("new")).toEqual({ kid: "new" });
  });

  test("that the provider has evicts the oldest keys, so that the cache is bounded", async () => {
    const ids = Array.from({ length: 101 }, (_, n) => `k${n}`);
    const { state, cache } = setUp(ids);
    for (const kid of ids) {
      expect(await cache.get(kid)).toEqual({ kid });
      state.nowMs += MINUTE_MS;
    }
    // Cached keys are served while the provider is unavailable; evicted ones are not.
    state.isDown = true;
    expect(await cache.get("k0")).toBeUndefined();
    expect(await cache.get("k1")).toEqual({ kid: "k1" });
    expect(await cache.get("k100")).toEqual({ kid: "k100" });
  });

  test("in any sequence causes no more fetches than the budget, and no call gets another id's key", async () => {
    const step = fc.record({ kid: fc.constantFrom("a", "b", "c", "d", "e", "f", "g", "h"), waitMs: fc.nat(90_000) });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const { state, fetched, cache } = setUp(["a", "b"]);
        const startMs = state.nowMs;
        for (const { kid, waitMs } of steps) {
          const key = await cache.get(kid);
          expect(key === undefined || key.kid === kid).toBe(true);
          state.nowMs += waitMs;
        }
        const minutes = (state.nowMs - startMs) / MINUTE_MS;
        const known = fetched.filter((kid) => kid === "a" || kid === "b").length;
        expect(known).toBeLessThanOrEqual(2 + 2 * Math.floor(minutes / 60));
        expect(fetched.length - known).toBeLessThanOrEqual(BURST + minutes);
      }),
    );
  });

  test("after a quiet day causes no more than one fetch at once", async () => {
    const { state, fetched, cache } = setUp();
    state.nowMs += 24 * HOUR_MS;
    for (let n = 0; n < 100; n += 1) await cache.get(`flood-${n}`);
    expect(fetched).toHaveLength(BURST);
  });

  test("after the clock was set back neither adds nor removes budget", async () => {
    const { state, fetched, cache } = setUp();
    for (const kid of ["a", "b", "c", "d"]) await cache.get(kid);
    state.nowMs -= HOUR_MS;
    await cache.get("e");
    expect(fetched).toEqual(["a"]);
    state.nowMs += MINUTE_MS;
    await cache.get("e");
    expect(fetched).toEqual(["a", "e"]);
  });
});

describe("a rotation right after a start needs two keys (F52)", () => {
  test("and fetches the second as soon as the first was found, because a found key is free", async () => {
    const { cache } = setUp(["old", "new"]);
    expect(await cache.get("old")).toEqual({ kid: "old" });
    expect(await cache.get("new")).toEqual({ kid: "new" });
  });

  test("and refuses the second while the first is being fetched", async () => {
    const { cache } = setUp(["old", "new"]);
    expect(await Promise.all([cache.get("old"), cache.get("new")])).toEqual([{ kid: "old" }, undefined]);
    expect(await cache.get("new")).toEqual({ kid: "new" });
  });

  test("and fetches the second a minute after a flood used the budget", async () => {
    const { state, cache } = setUp(["old", "new"]);
    await cache.get("old");
    await cache.get("made-up");
    expect(await cache.get("new")).toBeUndefined();
    state.nowMs += MINUTE_MS;
    expect(await cache.get("new")).toEqual({ kid: "new" });
  });
});
