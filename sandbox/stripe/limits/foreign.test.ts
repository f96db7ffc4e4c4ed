import { describe, expect, test } from "@jest/globals";
import { createForeignConsumers, type ForeignConsumer } from "./foreign.ts";
import { createLimits } from "./limits.ts";
import { limitOf } from "./testing.ts";

const START_MS = 1_800_000_000_000;
const consumer = { key: "sk_1", perSecond: 30, method: "GET", path: "/v1/balance" };

function useConsumers() {
  const taken: (readonly [key: string, atMs: number])[] = [];
  const foreign = createForeignConsumers(({ key }: ForeignConsumer, atMs) => void taken.push([key, atMs]));
  return { foreign, taken };
}

describe("the foreign consumer's schedule", () => {
  test("takes permits evenly and without drift, however rarely it is evaluated", () => {
    const { foreign, taken } = useConsumers();
    foreign.set(consumer, START_MS);
    for (const ms of [1, 2, 500, 501, 90_000, 1_000_000]) foreign.advance(START_MS + ms);
    expect(taken).toHaveLength(30_000);
    for (const [index, [, atMs]] of taken.entries()) expect(atMs).toBeCloseTo(START_MS + ((index + 1) * 1000) / 30, 3);
  });

  test("takes permits in time order together with others, changes its rate and stops", () => {
    const { foreign, taken } = useConsumers();
    foreign.set(consumer, START_MS);
    foreign.set({ ...consumer, key: "sk_2", perSecond: 7 }, START_MS);
    foreign.advance(START_MS + 1000);
    const times = taken.map(([, atMs]) => atMs);
    expect(times).toEqual(times.toSorted((left, right) => left - right));
    expect(taken.filter(([key]) => key === "sk_2")).toHaveLength(7);
    foreign.set({ ...consumer, perSecond: 10 }, START_MS + 2000);
    foreign.set({ ...consumer, key: "sk_2", perSecond: 0 }, START_MS + 2000);
    expect(taken).toHaveLength(60 + 14);
    foreign.advance(START_MS + 3000);
    expect(taken).toHaveLength(60 + 14 + 10);
    expect(foreign.list()).toEqual([{ ...consumer, perSecond: 10 }]);
  });

  test("a foreign consumer of half the rate leaves the other half to the client", () => {
    const limits = createLimits();
    limits.replace([limitOf({ kind: "token-bucket", perSecond: 100, burst: 1 })]);
    const counts = { client: 0, foreign: 0, refused: 0 };
    const admits = (atMs: number): boolean =>
      limits.admit({ ...consumer, pattern: consumer.path }, atMs).refusedBy === undefined;
    const foreign = createForeignConsumers((_, atMs) => void (counts[admits(atMs) ? "foreign" : "refused"] += 1));
    // The client is paced at its half, between two requests of the foreign consumer.
    foreign.set({ ...consumer, perSecond: 50 }, START_MS);
    for (let ms = 10; ms <= 10_000; ms += 20) {
      foreign.advance(START_MS + ms);
      if (admits(START_MS + ms)) counts.client += 1;
    }
    foreign.advance(START_MS + 10_000);
    expect(counts).toEqual({ client: 500, foreign: 500, refused: 0 });
  });
});
