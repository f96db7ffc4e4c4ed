import { describe, expect, test } from "@jest/globals";
import { rateOf, usePermits } from "../../test/helpers/permit-workload.ts";
import { LANES, SURE_SHARE } from "./lane.ts";

const times = (count: number, task: (index: number) => void): void =>
  Array.from({ length: count }, (_, index) => index).forEach(task);

describe("lanes", () => {
  test("the most urgent first, first come first served within a lane", async () => {
    const { clock, ask, names } = usePermits(rateOf(10));
    ask("backfill", "running");
    await clock.advance(0);
    for (const lane of LANES.toReversed()) for (const n of [1, 2]) ask(lane, `${lane} ${n}`);
    await clock.advance(10_000);
    // Nobody is owed a whole permit before the tenth; the last lanes are alone by then.
    expect(names()).toEqual(["running", ...LANES.flatMap((lane) => [`${lane} 1`, `${lane} 2`])]);
  });

  test("each waiting lane has its sure share under a flood of more urgent ones, to the call", async () => {
    const { clock, keepAsking, count } = usePermits(rateOf(20));
    for (const lane of LANES) keepAsking(lane, lane, 5);
    await clock.advance(20_000);
    const all = 399; // 19.9 a second
    for (const lane of ["write", "refetch", "incremental", "backfill"] as const) {
      expect(Math.abs(count(lane) - all * SURE_SHARE[lane])).toBeLessThanOrEqual(1);
    }
    expect(Math.abs(count("interactive") - all * 0.65)).toBeLessThanOrEqual(5); // the shares of four others, each rounded
  });

  test("what a lane does not use goes to the others, and it saves nothing up", async () => {
    const { clock, ask, names, count } = usePermits(rateOf(20));
    times(200, () => ask("refetch", "refetch"));
    await clock.advance(5_000); // a hundred calls, while no backfill waited
    const before = names().length;
    times(50, () => ask("backfill", "backfill"));
    await clock.advance(2_500);
    expect(names().length - before).toBeGreaterThanOrEqual(49);
    expect(count("backfill")).toBe(2);
  });

  test.each([25, 100, 1_000])("a person does not wait while a backfill uses all of %i calls a second", async (rate) => {
    const { clock, ask, keepAsking, granted } = usePermits(rateOf(rate));
    keepAsking("backfill", "backfill", 100);
    await clock.advance(1_500);
    const asked: number[] = [];
    for (let call = 0; call < 15; call += 1) {
      asked.push(1_500 + call * 333);
      ask("interactive", `person ${call}`);
      await clock.advance(333);
    }
    const waits = asked.map(
      (atMs, call) => (granted.find(({ name }) => name === `person ${call}`)?.atMs ?? NaN) - atMs,
    );
    expect(waits).toEqual(waits.map(() => 0));
  });

  test.each([1, 5, 10])("where a second has only %i calls, a person has the next of them", async (rate) => {
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
  test("take turns within a lane, however much each of them asks for", async () => {
    const { clock, ask, names } = usePermits(rateOf(10));
    times(100, () => ask("incremental", "large", { tenantId: "large" }));
    times(3, () => ask("incremental", "small", { tenantId: "small" }));
    times(3, () => ask("incremental", "late", { tenantId: "late" }));
    await clock.advance(1_500);
    const first = names().slice(0, 10);
    expect(first.filter((name) => name === "small").length).toBe(3);
    expect(first.filter((name) => name === "late").length).toBe(3);
  });

  test("one that asks again and again has every second call, not more", async () => {
    const { clock, ask, keepAsking, count } = usePermits(rateOf(10));
    keepAsking("backfill", "patient", 50, { tenantId: "patient" });
    for (let step = 0; step < 60; step += 1) {
      ask("backfill", "eager", { tenantId: "eager" });
      await clock.advance(100);
    }
    expect(Math.abs(count("eager") - count("patient"))).toBeLessThanOrEqual(2);
  });
});
