import { expect, test } from "@jest/globals";
import { setImmediate as nextTurn } from "node:timers/promises";
import { createWakeTurns, type Waiter } from "./wake-turns.ts";

/** Waiters that record their numbers. */
function waiters(count: number, woken: number[]): Waiter[] {
  return Array.from({ length: count }, (_, number) => ({ wake: () => void woken.push(number) }));
}

test("waiters are woken in order, a limited number in each turn of the event loop", async () => {
  const woken: number[] = [];
  createWakeTurns(2).add(waiters(5, woken));
  expect(woken).toEqual([0, 1]);
  await nextTurn();
  expect(woken).toEqual([0, 1, 2, 3]);
  await nextTurn();
  expect(woken).toEqual([0, 1, 2, 3, 4]);
});

test("a waiter that is added again before its turn is woken once, and again when it is added after it", async () => {
  const woken: number[] = [];
  const turns = createWakeTurns(1);
  const all = waiters(2, woken);
  turns.add(all);
  turns.add(all);
  await nextTurn();
  await nextTurn();
  expect(woken).toEqual([0, 1, 0]);
  await nextTurn();
  turns.add(all.slice(1));
  expect(woken).toEqual([0, 1, 0, 1]);
});
