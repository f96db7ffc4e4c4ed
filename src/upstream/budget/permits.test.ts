import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { policyOf, rateOf, usePermits, worstSecond } from "../../../test/helpers/permit-workload.ts";
import { LANES } from "./lane.ts";

/**
 * What the upstream may receive in a second: a twentieth more than the limit, and one call if that is less than one.
 */
const allowed = (rate: number): number => Math.max(1, Math.floor(rate * 1.05));

describe("pacing", () => {
  test.each([1, 3, 10, 25, 100, 1_000])("a backfill uses all of %i calls a second, and never more", async (rate) => {
    const { clock, budget, keepAsking, granted } = usePermits(rateOf(rate));
    const stop = keepAsking("backfill", "b", 100);
    await clock.advance(3_000);
    expect(granted.length).toBeGreaterThanOrEqual(Math.floor(rate * 3 * 0.98));
    expect(worstSecond(granted)).toBeLessThanOrEqual(rate);
    expect(budget.storeCalls).toBeLessThanOrEqual(Math.max(80, granted.length + 10)); // from 25 a second on, blocks
    stop();
    await clock.advance(110_000);
    expect(clock.pending()).toBe(0);
  });

  test("no sliding second exceeds any limit by more than a twentieth, for any callers at any time", async () => {
    const arrivals = fc.array(
      fc.record({
        lane: fc.constantFrom(...LANES),
        pauseMs: fc.oneof(fc.constant(0), fc.nat(60), fc.nat(900)),
        calls: fc.integer({ min: 1, max: 40 }),
      }),
      { minLength: 5, maxLength: 40 },
    );
    await fc.assert(
      fc.asyncProperty(
        arrivals,
        fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 1_000 })),
        async (bursts, rate) => {
          const { clock, ask, granted } = usePermits(rateOf(rate));
          let requested = 0;
          for (const { lane, pauseMs, calls } of bursts) {
            for (let call = 0; call < calls; call += 1) ask(lane, lane);
            requested += calls;
            await clock.advance(pauseMs);
          }
          await clock.advance((requested / rate) * 1_100 + 3_000);
          expect(granted.length).toBe(requested);
          expect(worstSecond(granted)).toBeLessThanOrEqual(allowed(rate));
          expect(clock.pending()).toBe(0);
        },
      ),
      { numRuns: 30 },
    );
  });

  test.each([10, 25, 100])("interactive calls at twice %i a second get no more than that rate", async (rate) => {
    const { clock, ask, granted, refused } = usePermits(rateOf(rate));
    for (let call = 0; call < rate * 12; call += 1) {
      ask("interactive", "person", { waitMs: 5_000 });
      await clock.advance(500 / rate);
    }
    await clock.advance(10_000);
    expect(worstSecond(granted)).toBeLessThanOrEqual(allowed(rate));
    expect(granted.length).toBeGreaterThanOrEqual(rate * 6 * 0.9);
    expect(granted.length + refused.length).toBe(rate * 12);
  });

  test("an interactive queue far longer than any deadline is not mistaken for a clock that was set back (F13)", async () => {
    const { clock, ask, granted } = usePermits(rateOf(10));
    for (let second = 0; second < 3; second += 1) {
      for (let call = 0; call < 300; call += 1) ask("write", "w");
      await clock.advance(1_000);
    }
    await clock.advance(17_000);
    expect(worstSecond(granted)).toBeLessThanOrEqual(10);
    expect(granted.length).toBeGreaterThanOrEqual(195);
  });
});

describe("weights", () => {
  test.each([
    [10, 3],
    [25, 5],
    [100, 40],
    [3, 3],
  ])(
    "at %i a second, calls that take %i permits are sent, with or without other waiting calls",
    async (rate, weight) => {
      for (const lane of ["backfill", "interactive"] as const) {
        const { clock, ask, granted } = usePermits(policyOf({ calls: rate }, { "/": [{ bucket: "calls", weight }] }));
        for (let call = 0; call < 20; call += 1) ask(lane, "heavy");
        await clock.advance(((20 * weight) / rate) * 1_050 + 500);
        expect(granted.length).toBe(20);
        expect(worstSecond(granted.map((it) => ({ ...it, weight })))).toBeLessThanOrEqual(allowed(rate) + weight - 1);
        expect(clock.pending()).toBe(0);
      }
    },
  );

  test("light calls do not starve heavy ones, nor the reverse", async () => {
    const costs = { "/heavy": [{ bucket: "calls", weight: 4 }], "/light": [{ bucket: "calls" }] };
    const { clock, ask, count } = usePermits(policyOf({ calls: 10 }, costs));
    for (let call = 0; call < 200; call += 1) for (const path of ["/heavy", "/light"]) ask("backfill", path, { path });
    await clock.advance(10_000);
    expect(count("/light")).toBeGreaterThanOrEqual(19);
    expect(count("/heavy")).toBeGreaterThanOrEqual(19);
    expect(count("/light") + 4 * count("/heavy")).toBeLessThanOrEqual(104);
  });
});

describe("several buckets", () => {
  const costs = {
    "/read": [{ bucket: "reads" }],
    "/write": [{ bucket: "writes" }],
    "/both": [{ bucket: "writes" }, { bucket: "reads" }],
  };

  test("a call that waits for one bucket does not delay calls that need another", async () => {
    const { clock, ask, count } = usePermits(policyOf({ reads: 100, writes: 1 }, costs));
    for (let call = 0; call < 50; call += 1) ask("interactive", "/write", { path: "/write" });
    for (let call = 0; call < 200; call += 1) ask("interactive", "/read", { path: "/read" });
    for (let call = 0; call < 200; call += 1) ask("backfill", "backfill", { path: "/read" });
    await clock.advance(2_050);
    expect(count("/write")).toBe(3);
    expect(count("/read") + count("backfill")).toBeGreaterThanOrEqual(200);
  });

  test("both kinds of one tenant's calls that share a bucket are sent", async () => {
    const { clock, ask, count } = usePermits(policyOf({ reads: 50, writes: 20 }, costs));
    for (let call = 0; call < 300; call += 1) for (const path of ["/both", "/read"]) ask("backfill", path, { path });
    await clock.advance(5_000);
    expect(count("/both")).toBeGreaterThanOrEqual(95);
    expect(count("/read")).toBeGreaterThanOrEqual(95);
    expect(count("/both") + count("/read")).toBeLessThanOrEqual(252);
  });

  test.each([
    [25, 25],
    [25, 23],
    [20, 25],
    [100, 25],
    [10, 10],
    [10, 7],
  ])(
    "an account limit of %i and endpoint limits of %i are both fully used, and neither is exceeded",
    async (account, endpoint) => {
      const parts = ["charges", "refunds", "payouts", "disputes", "events"];
      const drawn = parts.map((part) => [part, [{ bucket: "endpoint", part }, { bucket: "account" }]] as const);
      const { clock, ask, granted, count } = usePermits(policyOf({ account, endpoint }, Object.fromEntries(drawn)));
      for (const part of parts) for (let call = 0; call < 300; call += 1) ask("backfill", part, { path: part });
      await clock.advance(5_000);
      expect(granted.length).toBeGreaterThanOrEqual(account * 5 * 0.98);
      expect(worstSecond(granted)).toBeLessThanOrEqual(allowed(account));
      for (const part of parts) {
        expect(count(part)).toBeGreaterThanOrEqual(account * 0.75); // all have their share
        expect(worstSecond(granted.filter(({ name }) => name === part))).toBeLessThanOrEqual(allowed(endpoint));
      }
    },
  );
});
