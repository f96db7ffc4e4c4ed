import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, test } from "@jest/globals";
import { memoryAfterCollection } from "../../../../test/helpers/memory.ts";
import { EventQueue } from "./event-queue.ts";

test("values are delivered in order, to a consumer that was there before and to one that comes later", async () => {
  const queue = new EventQueue<number>(() => undefined);
  const early = queue.next();
  queue.push(1, 0);
  queue.push(2, 0);
  queue.push(3, 0);
  expect([(await early).value, (await queue.next()).value, (await queue.next()).value]).toEqual([1, 2, 3]);
});

test("a queue is full by number or by size, and its producer continues when there is room", async () => {
  let resumed = 0;
  const queue = new EventQueue<number>(() => (resumed += 1));
  for (let n = 0; n < 1_000; n++) queue.push(n, 1);
  expect(queue.isFull).toBe(true);
  await queue.next();
  expect([queue.isFull, resumed]).toEqual([false, 1]);
  const large = new EventQueue<number>(() => (resumed += 1));
  large.push(1, 2_000_000);
  expect(large.isFull).toBe(true);
  await large.next();
  expect([large.isFull, resumed]).toEqual([false, 2]);
});

test("a value that was taken is not kept, although the queue never becomes empty", async () => {
  const queue = new EventQueue<object>(() => undefined);
  const first = ((): WeakRef<object> => {
    const value = {};
    queue.push(value, 0);
    return new WeakRef(value);
  })();
  queue.push({}, 0);
  for (let n = 0; n < 2_000; n++) {
    await queue.next();
    queue.push({}, 0);
  }
  await nextTurn(); // a weak reference keeps its value until the turn ends
  memoryAfterCollection();
  expect(first.deref()).toBeUndefined();
});

test("after a failure the values before it are still delivered, after an end they are not", async () => {
  const failing = new EventQueue<number>(() => undefined);
  failing.push(1, 0);
  failing.fail(new Error("lost"));
  failing.push(2, 0);
  expect((await failing.next()).value).toBe(1);
  await expect(failing.next()).rejects.toThrow("lost");
  const ended = new EventQueue<number>(() => undefined);
  ended.push(1, 0);
  ended.abandon(new Error("closed"));
  await expect(ended.next()).rejects.toThrow("closed");
});

test("a consumer that waits learns of the failure", async () => {
  const queue = new EventQueue<number>(() => undefined);
  const waiting = queue.next();
  queue.fail(new Error("lost"));
  await expect(waiting).rejects.toThrow("lost");
});
