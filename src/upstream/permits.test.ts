import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { createVirtualClock, type VirtualClock } from "../../test/helpers/virtual-clock.ts";
import type { ServiceError } from "../domain/error.ts";
import { LANES, type Lane } from "./lane.ts";
import { Permits, type Release } from "./permits.ts";

const FOREVER = new AbortController().signal;

/** Asks for permits and writes down who got one, and when. Each is given back after `holdMs`. */
function useWorkload(clock: VirtualClock, permits: Permits, holdMs = 0) {
  const granted: { name: string; atMs: number }[] = [];
  const refused: { name: string; error: ServiceError; atMs: number }[] = [];
  const startMs = clock.monotonicMs();
  const ask = (lane: Lane, name: string, options: { signal?: AbortSignal; waitMs?: number } = {}): void => {
    const { signal = FOREVER, waitMs = 3_600_000 } = options;
    permits.acquire({ lane, signal, deadlineMs: clock.monotonicMs() + waitMs }).then(
      (release: Release) => {
        granted.push({ name, atMs: clock.monotonicMs() - startMs });
        if (holdMs === 0) release();
        else clock.schedule(holdMs, release);
      },
      (error: ServiceError) => refused.push({ name, error, atMs: clock.monotonicMs() - startMs }),
    );
  };
  return { ask, granted, refused, names: () => granted.map(({ name }) => name) };
}

/** Most grants in any half-open second, which is shorter by what adding up thirds of a second rounds. */
function worstSecond(times: readonly number[]): number {
  return Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at < from + 1_000 - 1e-6).length));
}

describe("pacing", () => {
  test.each([1, 3, 10, 25, 100])("no sliding second exceeds %i calls by more than a twentieth (F19)", async (rate) => {
    const clock = createVirtualClock();
    const { ask, granted } = useWorkload(clock, new Permits({ requestsPerSecond: rate, maxConcurrent: 100 }, clock));
    for (let call = 0; call < rate * 5; call++) ask("backfill", `${call}`);
    await clock.advance(5_000);
    expect(granted.length).toBe(rate * 5);
    expect(worstSecond(granted.map(({ atMs }) => atMs))).toBeLessThanOrEqual(Math.floor(rate * 1.05));
    expect(clock.pending()).toBe(0);
  });

  test("holds whatever the order and pauses in which calls are asked for", async () => {
    const arrivals = fc.array(fc.record({ lane: fc.constantFrom(...LANES), pauseMs: fc.nat(400) }), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(arrivals, fc.integer({ min: 1, max: 40 }), async (calls, rate) => {
        const clock = createVirtualClock();
        const { ask, granted } = useWorkload(clock, new Permits({ requestsPerSecond: rate, maxConcurrent: 50 }, clock));
        for (const [index, { lane, pauseMs }] of calls.entries()) {
          ask(lane, `${index}`);
          await clock.advance(pauseMs);
        }
        await clock.advance(100_000);
        expect(granted.length).toBe(calls.length);
        expect(worstSecond(granted.map(({ atMs }) => atMs))).toBeLessThanOrEqual(Math.max(1, Math.floor(rate * 1.05)));
      }),
      { numRuns: 40 },
    );
  });

  test("never lets more than maxConcurrent run, and goes on when one ends", async () => {
    const clock = createVirtualClock();
    const permits = new Permits({ requestsPerSecond: 1_000, maxConcurrent: 3 }, clock);
    const { ask, granted } = useWorkload(clock, permits, 100);
    for (let call = 0; call < 9; call++) ask("incremental", `${call}`);
    await clock.advance(99);
    expect(granted.length).toBe(3);
    await clock.advance(2);
    expect(granted.length).toBe(6);
    await clock.advance(1_000);
    expect(granted.length).toBe(9);
  });

  test("a permit given back twice counts once", async () => {
    const clock = createVirtualClock();
    const permits = new Permits({ requestsPerSecond: 1_000, maxConcurrent: 1 }, clock);
    const want = { lane: "write" as const, signal: FOREVER, deadlineMs: clock.monotonicMs() + 1_000 };
    const release = await permits.acquire(want);
    release();
    release();
    const { ask, granted } = useWorkload(clock, permits, 500);
    ask("write", "a");
    ask("write", "b");
    await clock.advance(10);
    expect(granted.length).toBe(1);
  });
});

describe("lanes", () => {
  test("a read that a person waits for goes before everything else, first come first served within a lane", async () => {
    const clock = createVirtualClock();
    const { ask, names } = useWorkload(clock, new Permits({ requestsPerSecond: 10, maxConcurrent: 10 }, clock));
    ask("backfill", "running");
    for (const lane of LANES.toReversed()) for (const n of [1, 2]) ask(lane, `${lane} ${n}`);
    await clock.advance(10_000);
    expect(names()).toEqual(["running", ...LANES.flatMap((lane) => [`${lane} 1`, `${lane} 2`])]);
  });

  test("a storm of refetches leaves polls and backfills their share, and people go before all of them", async () => {
    const clock = createVirtualClock();
    const { ask, names } = useWorkload(clock, new Permits({ requestsPerSecond: 10, maxConcurrent: 1 }, clock));
    for (let n = 0; n < 1_000; n += 1) ask("refetch", "refetch");
    for (let n = 0; n < 100; n += 1) ask("incremental", "incremental");
    for (let n = 0; n < 100; n += 1) ask("backfill", "backfill");
    await clock.advance(6_000);
    const shares = Map.groupBy(names(), (name) => name);
    for (const lane of ["incremental", "backfill"]) expect(shares.get(lane)?.length).toBeGreaterThanOrEqual(10);
    expect(shares.get("refetch")?.length).toBeGreaterThanOrEqual(36);
    const before = names().length;
    for (let n = 0; n < 10; n += 1) ask("interactive", "person");
    await clock.advance(1_000);
    expect(names().slice(before, before + 10)).toEqual(Array.from({ length: 10 }, () => "person"));
  });
});

describe("waiting ends", () => {
  const policy = { requestsPerSecond: 1, maxConcurrent: 1 };

  test("when the caller gives up, and the place in the queue is free", async () => {
    const clock = createVirtualClock();
    const { ask, names, refused } = useWorkload(clock, new Permits(policy, clock));
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

  test("at its deadline, with the reason: the rate, or slow calls", async () => {
    const clock = createVirtualClock();
    const paced = useWorkload(clock, new Permits(policy, clock));
    paced.ask("interactive", "first");
    paced.ask("interactive", "second", { waitMs: 400 });
    const slow = useWorkload(clock, new Permits({ ...policy, requestsPerSecond: 100 }, clock), 60_000);
    slow.ask("interactive", "first");
    slow.ask("interactive", "second", { waitMs: 400 });
    await clock.advance(400);
    expect(paced.refused).toMatchObject([
      { name: "second", atMs: 400, error: { code: "UPSTREAM_RATE_LIMITED", retryAfterMs: 600 } },
    ]);
    expect(slow.refused).toMatchObject([{ name: "second", atMs: 400, error: { code: "OVERLOADED" } }]);
  });

  test("at once for those who cannot wait for a closed budget to open; the others wait (F19)", async () => {
    const clock = createVirtualClock();
    const permits = new Permits({ requestsPerSecond: 100, maxConcurrent: 1 }, clock);
    const { ask, granted, refused } = useWorkload(clock, permits, 10);
    ask("write", "running");
    ask("interactive", "impatient", { waitMs: 5_000 });
    ask("backfill", "patient", { waitMs: 60_000 });
    permits.closeFor(30_000);
    permits.closeFor(1_000);
    ask("interactive", "later", { waitMs: 5_000 });
    await clock.advance(29_999);
    expect(refused.map(({ name, error, atMs }) => [name, error.code, error.retryAfterMs, atMs])).toEqual([
      ["impatient", "UPSTREAM_RATE_LIMITED", 30_000, 0],
      ["later", "UPSTREAM_RATE_LIMITED", 30_000, 0],
    ]);
    expect(granted.map(({ name }) => name)).toEqual(["running"]);
    await clock.advance(100);
    expect(granted).toEqual([
      { name: "running", atMs: 0 },
      { name: "patient", atMs: 30_000 },
    ]);
    expect(clock.pending()).toBe(0);
  });
});
