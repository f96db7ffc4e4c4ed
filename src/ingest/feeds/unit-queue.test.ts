import { expect, test } from "@jest/globals";
import type { HintMessage } from "../../connector-api/messages.ts";
import { type FeedUnit, UNIT_LIMITS } from "./feed-unit.ts";
import type { FeedPart } from "./read-feed.ts";
import { createUnitQueue, type UnitQueue } from "./unit-queue.ts";

const hint = (index: number): HintMessage => ({ type: "hint", entity: "Party", externalId: `p${index}` });

const partOf = (count: number, position: number): FeedPart => ({
  changes: Array.from({ length: count }, (_, index) => hint(index)),
  bytes: 0,
  checkpoint: { type: "checkpoint", cursor: position, progress: undefined },
});

const largeUnit = (position: number): FeedUnit => ({
  position,
  count: 1,
  parts: async function* () {
    yield [hint(0)];
  },
  isLarge: true,
  dispose: () => Promise.resolve(),
});

/** Takes a unit, and records its position when there is one. */
function taken(queue: UnitQueue, positions: unknown[]): Promise<void> {
  return queue.take().then(({ position }) => void positions.push(position));
}

const turnOfTheLoop = () => new Promise<void>((resolve) => void setImmediate(resolve));

test("a full unit is taken while the one before it is committed", async () => {
  const queue = createUnitQueue();
  void queue.put(partOf(1, 1));
  expect((await queue.take()).position).toBe(1);
  void queue.put(partOf(UNIT_LIMITS.maxChanges, 2));
  expect((await queue.take()).position).toBe(2);
});

test("a unit that is not full is taken when the one before it is committed, with what has arrived until then", async () => {
  const queue = createUnitQueue();
  const positions: unknown[] = [];
  await queue.put(partOf(1, 1));
  await taken(queue, positions);
  const second = taken(queue, positions);
  await queue.put(partOf(1, 2));
  await turnOfTheLoop();
  await queue.put(partOf(1, 3));
  expect(positions).toEqual([1]);
  queue.committed();
  await second;
  expect(positions).toEqual([1, 3]);
});

test("a transaction that is on disk is taken only when everything before it is committed", async () => {
  const queue = createUnitQueue();
  const positions: unknown[] = [];
  await queue.put(partOf(1, 1));
  void queue.putLarge(largeUnit(2));
  await taken(queue, positions);
  const large = taken(queue, positions);
  await turnOfTheLoop();
  expect(positions).toEqual([1]);
  queue.committed();
  await large;
  expect(positions).toEqual([1, 2]);
});

test("a caller that waits for a unit gets the reason when the queue ends, also while another unit is committed", async () => {
  const queue = createUnitQueue();
  await queue.put(partOf(1, 1));
  await queue.take();
  const next = queue.take();
  await queue.end(new Error("lost"));
  await expect(next).rejects.toThrow("lost");
});
