import { expect, test } from "@jest/globals";
import { createPullIterator } from "./pull-iterator.ts";

const DONE = { done: true, value: undefined };

test("overlapping calls are served in order, one pull at a time", async () => {
  let pulls = 0;
  let atOnce = 0;
  const iterator = createPullIterator({
    async pull() {
      atOnce += 1;
      expect(atOnce).toBe(1);
      await Promise.resolve();
      atOnce -= 1;
      pulls += 1;
      return pulls > 3 ? undefined : pulls;
    },
    close: () => undefined,
  });
  const results = await Promise.all([1, 2, 3, 4, 5].map(() => iterator.next()));
  expect(results).toEqual([
    { done: false, value: 1 },
    { done: false, value: 2 },
    { done: false, value: 3 },
    DONE,
    DONE,
  ]);
  expect(pulls).toBe(4);
});

test("return ends waiting calls at once although a pull never settles, and closes once", async () => {
  let closed = 0;
  const iterator = createPullIterator({ pull: () => new Promise(() => undefined), close: () => (closed += 1) });
  const waiting = [iterator.next(), iterator.next()];
  expect(await iterator.return()).toEqual(DONE);
  expect(await Promise.all(waiting)).toEqual([DONE, DONE]);
  await iterator.return();
  expect(closed).toBe(1);
});

test("a failed pull rejects the call that requested it, ends the others, and closes", async () => {
  let closed = 0;
  const iterator = createPullIterator({
    pull: () => Promise.reject(new Error("on purpose")),
    close: () => (closed += 1),
  });
  const [first, second] = [iterator.next(), iterator.next()];
  await expect(first).rejects.toThrow("on purpose");
  expect(await second).toEqual(DONE);
  expect(await iterator.next()).toEqual(DONE);
  expect(closed).toBe(1);
});

test("throw ends it like return and rethrows the reason", async () => {
  let closed = 0;
  const iterator = createPullIterator({ pull: () => Promise.resolve(1), close: () => (closed += 1) });
  await expect(iterator.throw(new Error("mine"))).rejects.toThrow("mine");
  expect(await iterator.next()).toEqual(DONE);
  expect(closed).toBe(1);
});
