import { expect, test } from "@jest/globals";
import { setImmediate as nextTurn } from "node:timers/promises";
import { ServiceError } from "../domain/error.ts";
import { createLoopTurns, turnOf } from "./loop-turns.ts";

/** So that each piece fills a slice. */
const NO_TIME = 0;

test("a piece runs after the code that added it, in order, and with everything that it sets off", async () => {
  const order: string[] = [];
  const pieces = createLoopTurns(60_000).open(["acme"]);
  const add = (name: string): void =>
    pieces.add(() => {
      order.push(name);
      void afterHops(20).then(() => order.push(`set off by ${name}`));
    });
  add("a");
  add("b");
  order.push("added");
  await new Promise<void>((resolve) => pieces.whenIdle(resolve));
  expect(order).toEqual(["added", "a", "set off by a", "b", "set off by b"]);
});

test("other work of the event loop runs between pieces that fill a slice", async () => {
  const order: string[] = [];
  const pieces = createLoopTurns(NO_TIME).open(["acme"]);
  for (const name of ["a", "b", "c"]) pieces.add(() => void order.push(name));
  for (let turn = 1; turn <= 4; turn += 1) {
    await nextTurn();
    order.push("turn");
  }
  const between = order.join(" ").split(/[abc]/);
  expect(order.filter((name) => name !== "turn")).toEqual(["a", "b", "c"]);
  expect(between.slice(1, 3).every((text) => text.includes("turn"))).toBe(true);
});

test("pieces of all operations that run in one turn of the event loop share its slice", async () => {
  const order: string[] = [];
  const turns = createLoopTurns(NO_TIME);
  for (const name of ["a", "b", "c"]) turns.open(["acme", "alice"]).add(() => void order.push(name));
  await nextTurn();
  expect(order.length).toBeLessThan(3);
});

test("a tenant's piece runs next, however many operations of another tenant have pieces that wait", async () => {
  const order: string[] = [];
  const turns = createLoopTurns(NO_TIME);
  const done = Promise.withResolvers<void>();
  for (let operation = 0; operation < 20; operation += 1) {
    const pieces = turns.open(["busy", "alice"]);
    for (let piece = 0; piece < 10; piece += 1) pieces.add(() => void order.push("busy"));
    if (operation === 19) pieces.whenIdle(done.resolve);
  }
  await nextTurn();
  const seen = order.length;
  turns.open(["quiet", "bob"]).add(() => void order.push("quiet"));
  await done.promise;
  expect(order.indexOf("quiet")).toBeLessThanOrEqual(seen + 1);
});

test("of one caller, an operation that was opened earlier continues before a later one begins", async () => {
  const order: string[] = [];
  const turns = createLoopTurns(NO_TIME);
  const [first, second, third] = [1, 2, 3].map(() => turns.open(["acme", "alice"]));
  const done = new Promise<void>((resolve) => {
    first?.add(() => {
      order.push("first begins");
      third?.add(() => {
        order.push("third");
        resolve();
      });
      second?.add(() => void order.push("second"));
      first.add(() => void order.push("first continues"));
    });
  });
  await done;
  expect(order).toEqual(["first begins", "first continues", "second", "third"]);
});

test("a turn that comes when its work is no longer needed is not used", async () => {
  const leaving = new AbortController();
  const turn = turnOf(createLoopTurns().open(["acme"]), leaving.signal);
  leaving.abort(new ServiceError("CANCELED", "the client disconnected"));
  await expect(turn).rejects.toMatchObject({ code: "CANCELED", publicMessage: "the client disconnected" });
});

test("an operation is idle when no piece waits and what its pieces set off has ended", async () => {
  const order: string[] = [];
  const pieces = createLoopTurns(NO_TIME).open(["acme"]);
  const idle = Promise.withResolvers<void>();
  pieces.add(() => pieces.whenIdle(() => order.push("idle")));
  pieces.add(() => void afterHops(20).then(() => order.push("set off")));
  pieces.add(() => pieces.whenIdle(idle.resolve));
  await idle.promise;
  expect(order).toEqual(["set off", "idle"]);
  pieces.whenIdle(() => order.push("still idle"));
  await nextTurn();
  expect(order).toEqual(["set off", "idle", "still idle"]);
});

/** Resolves after so many microtasks. */
async function afterHops(count: number): Promise<void> {
  for (let hop = 0; hop < count; hop += 1) await Promise.resolve();
}
