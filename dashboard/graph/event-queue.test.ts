import { expect, test } from "@jest/globals";
import { createEventQueue } from "./event-queue.ts";

function useQueue(maxPending = 1_000) {
  const batches: (readonly number[])[] = [];
  const frames: (() => void)[] = [];
  const queue = createEventQueue<number>({
    onBatch: (items) => void batches.push(items),
    schedule: (callback) => void frames.push(callback),
    maxPending,
  });
  return { queue, batches, nextFrame: () => frames.splice(0).forEach((callback) => callback()), frames };
}

test("items of one frame are one batch, in order", () => {
  const { queue, batches, nextFrame, frames } = useQueue();
  for (let item = 0; item < 500; item += 1) queue.push(item);
  expect([batches.length, frames.length]).toEqual([0, 1]);
  nextFrame();
  expect(batches).toEqual([Array.from({ length: 500 }, (_, item) => item)]);
  queue.push(500);
  nextFrame();
  expect(batches[1]).toEqual([500]);
});

test("without frames no more than the limit is pending", () => {
  const { queue, batches, nextFrame } = useQueue(100);
  for (let item = 0; item < 250; item += 1) queue.push(item);
  expect(batches.map(({ length }) => length)).toEqual([100, 100]);
  nextFrame();
  expect(batches.flat()).toEqual(Array.from({ length: 250 }, (_, item) => item));
});

test("what was dropped is not passed on", () => {
  const { queue, batches, nextFrame } = useQueue();
  queue.push(1);
  queue.clear();
  nextFrame();
  expect(batches).toEqual([]);
});
