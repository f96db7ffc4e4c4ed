import { describe, expect, test } from "@jest/globals";
import { policyOf, rateOf, usePermits } from "../../../test/helpers/permit-workload.ts";
import { createVirtualClock } from "../../../test/helpers/virtual-clock.ts";
import { createLocalStore } from "./local-store.ts";
import type { LimitUpdate } from "./budget.ts";

const closed = (needs: LimitUpdate["needs"], closeForMs: number): LimitUpdate => ({
  needs,
  bucket: undefined,
  closeForMs,
  reason: "RETRY_AFTER",
  slowDown: false,
});
const CALL = { method: "GET", path: "/" } as const;

describe("concurrent calls", () => {
  test("never exceed the limit, and one that ends admits the next", async () => {
    const { clock, ask, granted } = usePermits(rateOf(1_000, 2));
    for (let call = 0; call < 6; call += 1) ask("incremental", `${call}`, { holdMs: 100 });
    await clock.advance(99);
    expect(granted.length).toBe(2);
    await clock.advance(10);
    expect(granted.length).toBe(4);
    await clock.advance(1_000);
    expect([granted.length, clock.pending()]).toEqual([6, 0]);
  });

  test("reserve one of at least three for interactive lanes", async () => {
    const { clock, ask, names, refused } = usePermits(rateOf(1_000, 3));
    for (let call = 0; call < 5; call += 1) ask("backfill", "backfill", { holdMs: 60_000, waitMs: 1_000 });
    await clock.advance(100);
    expect(names()).toEqual(["backfill", "backfill"]);
    ask("interactive", "person", { holdMs: 60_000 });
    await clock.advance(0);
    expect(names()).toEqual(["backfill", "backfill", "person"]);
    await clock.advance(1_000);
    // Not the rate: the concurrent calls are in use, although one more is reserved for interactive lanes.
    expect(refused.map(({ error }) => error.code)).toEqual(["OVERLOADED", "OVERLOADED", "OVERLOADED"]);
  });

  test("a permit that is returned twice counts once", async () => {
    const { clock, budget, ask, granted } = usePermits(rateOf(1_000, 1));
    const signal = new AbortController().signal;
    const wait = { lane: "write", tenantId: "", needs: budget.needsOf(CALL), signal } as const;
    const release = await budget.permits.acquire({ ...wait, deadlineMs: clock.monotonicMs() + 1_000 });
    release();
    release();
    ask("write", "a", { holdMs: 500 });
    ask("write", "b", { holdMs: 500 });
    await clock.advance(100);
    expect(granted.length).toBe(1);
  });
});

describe("waiting for a permit ends", () => {
  test("when the caller aborts, and the place in the queue is free", async () => {
    const { clock, ask, names, refused } = usePermits(rateOf(1));
    const caller = new AbortController();
    ask("write", "first");
    ask("write", "gone", { signal: caller.signal });
    ask("write", "last");
    await clock.advance(100);
    caller.abort();
    ask("write", "too late", { signal: caller.signal });
    await clock.advance(1_000);
    expect(names()).toEqual(["first", "last"]);
    expect(refused.map(({ name, error, atMs }) => [name, error.code, atMs])).toEqual([
      ["gone", "CANCELED", 100],
      ["too late", "CANCELED", 100],
    ]);
    expect(clock.pending()).toBe(0);
  });

  test("when the only waiting caller aborts, and no timer is left", async () => {
    const { clock, ask, refused } = usePermits(rateOf(1));
    const caller = new AbortController();
    ask("write", "first");
    ask("write", "gone", { signal: caller.signal });
    await clock.advance(100);
    caller.abort();
    await clock.advance(0);
    expect([refused.length, clock.pending()]).toEqual([1, 0]);
  });

  test("at its deadline, with the reason: the rate, or slow calls", async () => {
    const paced = usePermits(rateOf(1));
    paced.ask("interactive", "first");
    await paced.clock.advance(0);
    paced.ask("backfill", "second", { waitMs: 400 });
    const slow = usePermits(rateOf(100, 1));
    slow.ask("interactive", "first", { holdMs: 60_000 });
    slow.ask("interactive", "second", { waitMs: 400 });
    await paced.clock.advance(400);
    await slow.clock.advance(400);
    expect(paced.refused).toMatchObject([{ name: "second", atMs: 400, error: { code: "UPSTREAM_RATE_LIMITED" } }]);
    expect(paced.refused[0]?.error.retryAfterMs).toBeGreaterThan(600);
    expect(paced.refused[0]?.error.retryAfterMs).toBeLessThanOrEqual(615); // a permit every 1.012 s
    expect(slow.refused).toMatchObject([{ name: "second", atMs: 400, error: { code: "OVERLOADED" } }]);
  });
});

describe("a closed bucket", () => {
  test("refuses a call at once whose deadline is before it opens, and the other calls wait until then (F19)", async () => {
    const { clock, budget, ask, granted, refused, closures } = usePermits(rateOf(100, 1));
    ask("write", "running", { holdMs: 10 });
    await clock.advance(0);
    ask("interactive", "impatient", { waitMs: 5_000 });
    ask("backfill", "patient", { waitMs: 60_000 });
    await budget.applyLimit(closed(budget.needsOf(CALL), 30_000));
    await budget.applyLimit(closed(budget.needsOf(CALL), 1_000)); // never shortens
    ask("interactive", "later", { waitMs: 5_000 });
    await clock.advance(29_999);
    expect(refused.map(({ name, error, atMs }) => [name, error.code, error.retryAfterMs, atMs])).toEqual([
      ["impatient", "UPSTREAM_RATE_LIMITED", 30_000, 0],
      ["later", "UPSTREAM_RATE_LIMITED", 30_000, 0],
    ]);
    expect(granted.map(({ name }) => name)).toEqual(["running"]);
    await clock.advance(100);
    expect(granted.slice(1)).toEqual([{ name: "patient", atMs: 30_000 }]);
    expect(closures).toMatchObject([{ bucket: "calls", reason: "RETRY_AFTER", isNew: true }]);
    expect(clock.pending()).toBe(0);
  });

  test("that only the store knows of also refuses at once, as for a replica that has just started (F19)", async () => {
    const clock = createVirtualClock();
    const store = createLocalStore(clock);
    const before = usePermits(rateOf(100), { clock, store });
    await before.budget.applyLimit(closed(before.budget.needsOf(CALL), 30_000));
    const other = usePermits(rateOf(100), { clock, store });
    other.ask("interactive", "impatient", { waitMs: 5_000 });
    other.ask("backfill", "patient", { waitMs: 60_000 });
    await clock.advance(0);
    expect(other.refused).toMatchObject([{ name: "impatient", atMs: 0, error: { retryAfterMs: 30_000 } }]);
    await clock.advance(31_000);
    expect(other.granted).toEqual([{ name: "patient", atMs: 30_000 }]);
    expect(clock.pending()).toBe(0);
  });

  test("that another replica reported is closed here too, and existing permits are not used (F19)", async () => {
    const { clock, budget, ask, granted } = usePermits(rateOf(100));
    for (let call = 0; call < 50; call += 1) ask("backfill", "b");
    await clock.advance(200);
    const before = granted.length;
    budget.closeBucket("calls", 2_000);
    await clock.advance(1_999);
    expect(granted.length).toBe(before);
    await clock.advance(2_000);
    expect(granted.length).toBe(50);
  });

  test("delays only calls that need it, and an upstream that names a bucket closes only that one", async () => {
    const costs = { "/a": [{ bucket: "reads" }, { bucket: "all" }], "/b": [{ bucket: "all" }] };
    const { clock, budget, ask, count } = usePermits(policyOf({ reads: 100, all: 100 }, costs));
    await budget.applyLimit({ ...closed(budget.needsOf({ ...CALL, path: "/a" }), 10_000), bucket: "reads" });
    for (const path of ["/a", "/b"]) ask("incremental", path, { path });
    await clock.advance(9_999);
    expect([count("/a"), count("/b")]).toEqual([0, 1]);
    await clock.advance(200);
    expect(count("/a")).toBe(1);
  });
});
