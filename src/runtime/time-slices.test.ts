import { expect, test } from "@jest/globals";
import { setImmediate as nextTurn } from "node:timers/promises";
import { createTimeSlices } from "./time-slices.ts";

test("pieces run in order, and other work of the event loop runs between two that fill a slice", async () => {
  const order: string[] = [];
  const slices = createTimeSlices(0);
  for (const name of ["a", "b", "c"]) slices.add(() => order.push(name));
  expect(order).toEqual([]);
  for (let turn = 1; turn <= 3; turn += 1) {
    await nextTurn();
    order.push(`turn ${turn}`);
  }
  expect(order).toEqual(["a", "turn 1", "b", "turn 2", "c", "turn 3"]);
});

test("short pieces share a slice, and a piece may add another", async () => {
  const order: string[] = [];
  const slices = createTimeSlices(60_000);
  slices.add(() => {
    order.push("a");
    slices.add(() => order.push("c"));
  });
  slices.add(() => order.push("b"));
  await nextTurn();
  expect(order).toEqual(["a", "b", "c"]);
});
