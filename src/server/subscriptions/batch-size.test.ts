import { expect, test } from "@jest/globals";
import { createBatchSize } from "./batch-size.ts";

const LIMITS = { first: 4, max: 16, targetMs: 100, targetBytes: 1_000 };
const CHEAP = { ms: 1, bytes: 1 };

test("the size doubles with every full batch that was cheap, up to its maximum", () => {
  const size = createBatchSize(LIMITS);
  const sizes = [size.current];
  for (let n = 0; n < 3; n += 1) {
    size.record({ events: size.current, ...CHEAP });
    sizes.push(size.current);
  }
  expect(sizes).toEqual([4, 8, 16, 16]);
});

test("a batch that was not full does not change the size", () => {
  const size = createBatchSize(LIMITS);
  size.record({ events: 3, ...CHEAP });
  expect(size.current).toBe(4);
});

test.each([
  { ms: 101, bytes: 1 },
  { ms: 1, bytes: 1_001 },
])("a batch that cost too much halves the size, down to one: %j", (cost) => {
  const size = createBatchSize(LIMITS);
  const sizes: number[] = [];
  for (let n = 0; n < 3; n += 1) {
    size.record({ events: size.current, ...cost });
    sizes.push(size.current);
  }
  expect(sizes).toEqual([2, 1, 1]);
});

test("after a failure the next batch has one event", () => {
  const size = createBatchSize(LIMITS);
  size.reset();
  expect(size.current).toBe(1);
  size.record({ events: 1, ...CHEAP });
  expect(size.current).toBe(2);
});
