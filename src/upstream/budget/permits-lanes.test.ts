import { describe, expect, test } from "@jest/globals";
import { rateOf, usePermits } from "../../../test/helpers/permit-workload.ts";
import { LANES, GUARANTEED_SHARE } from "./lane.ts";

const times = (count: number, task: (index: number) => void): void =>
  Array.from({ length: count }, (_, index) => index).forEach(task);

describe("lanes", () => {
  test("are served by priority, and first come, first served within a lane", async () => {
    const { clock, ask, names } = usePermits(rateOf(10));
    ask("backfill", "running");
    await clock.advance(0);
    for (const lane of LANES.toReversed()) for (const n of [1, 2]) ask(lane, `${lane} ${n}`);
    await clock.advance(10_000);
    // No lane has earned a whole permit before the tenth; the last lanes are the only ones by then.
    expect(names()).toEqual(["running", ...LANES.flatMap((lane) => [`${lane} 1`, `${lane} 2`])]);
  });

  test("each waiting lane has its guaranteed share under a flood of more urgent calls, to the call", async () => {
    const { clock, keepAsking, count } = usePermits(rateOf(20));
    for (const lane of LANES) keepAsking(lane, lane, 5);
    await clock.advance(20_000);
    const all = 399; // 19.9 a second
    for (const lane of ["write", "refetch", "incremental", "backfill"] as const) {
      expect(Math.abs(count(lane) - all * GUARANTEED_SHARE[lane])).toBeLessThanOrEqual(1);
    }
    expect(Math.abs(count("interactive") - all * 0.65)).toBeLessThanOrEqual(5); // the shares of four others, each rounded
  });

  test("an unused share goes to the other lanes, and is not saved up", async () => {
    const { clock, ask, names, count } = usePermits(rateOf(20));
    times(200, () => ask("refetch", "refetch"));
    await clock.advance(5_000); // a hundred calls, while no backfill was waiting
    const before = names().length;
    times(50, () => ask("backfill", "backfill"));
    await clock.advance(2_500);
    expect(names().length - before).toBeGreaterThanOrEqual(49);
    expect(count("backfill")).toBe(2);
  });

  test.each([25, 100, 1_000])(
    "an interactive call does not wait while a backfill uses all of %i calls a second",
    async (rate) => {
      const { clock, ask, keepAsking, granted } = usePermits(rateOf(rate));
      keepAsking("backfill", "backfill", 100);
      await clock.advance(1_500);
      const requested: number[] = [];
      for (let call = 0; call < 15; call += 1) {
        requested.push(1_500 + call * 333);
        ask("interactive", `person ${call}`);
        await clock.advance(333);
      }
      const waits = requested.map(
        (atMs, call) => (granted.find(({ name }) => name === `person ${call}`)?.atMs ?? NaN) - atMs,
      );
      expect(waits).toEqual(waits.map(() => 0));
    },
  );

  test.each([1, 5, 10])("at only %i calls a second, an interactive call gets the next permit", async (rate) => {
    const { clock, ask, keepAsking, granted } = usePermits(rateOf(rate));
    keepAsking("backfill", "backfill", 20);
    await clock.advance(5_037);
    ask("interactive", "person");
    await clock.advance(2_000);
    const waitedMs = (granted.find(({ name }) => name === "person")?.atMs ?? NaN) - 5_037;
    expect(waitedMs).toBeLessThanOrEqual(1_000 / rate + 10);
  });
});

describe("tenants that share a credential", () => {
  test("take turns within a lane, whatever number of calls each has", async () => {
    const { clock, ask, names } = usePermits(rateOf(10));
    times(100, () => ask("incremental", "large", { tenantId: "large" }));
    times(3, () => ask("incremental", "small", { tenantId: "small" }));
    times(3, () => ask("incremental", "late", { tenantId: "late" }));
    await clock.advance(1_500);
    const first = names().slice(0, 10);
    expect(first.filter((name) => name === "small").length).toBe(3);
    expect(first.filter((name) => name === "late").length).toBe(3);
  });

  test("a tenant that calls repeatedly gets every second call, not more", async () => {
    const { clock, ask, keepAsking, count } = usePermits(rateOf(10));
    keepAsking("backfill", "patient", 50, { tenantId: "patient" });
    for (let step = 0; step < 60; step += 1) {
      ask("backfill", "eager", { tenantId: "eager" });
      await clock.advance(100);
    }
    expect(Math.abs(count("eager") - count("patient"))).toBeLessThanOrEqual(2);
  });
});
