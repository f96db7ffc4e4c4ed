import { expect, test } from "@jest/globals";
import { createRecentBodies } from "./recent-bodies.ts";

const bytes = (length: number) => new Uint8Array(length);

test("bodies are limited in bytes: the oldest are dropped first, even if they were read recently", () => {
  const recent = createRecentBodies(10);
  recent.add("a", bytes(4));
  recent.add("b", bytes(4));
  expect(recent.get("a")).toHaveLength(4);
  recent.add("c", bytes(4));
  expect(["a", "b", "c"].map((id) => recent.get(id)?.byteLength)).toEqual([undefined, 4, 4]);
});

test("a body above the total limit is not kept, nor is the earlier body of its id, and the other bodies stay", () => {
  const recent = createRecentBodies(10);
  recent.add("a", bytes(4));
  recent.add("b", bytes(4));
  recent.add("a", bytes(11));
  expect(["a", "b"].map((id) => recent.get(id)?.byteLength)).toEqual([undefined, 4]);
});

test("an empty body is kept, and the body of an applied delivery is dropped", () => {
  const recent = createRecentBodies(10);
  recent.add("a", bytes(0));
  expect(recent.get("a")).toHaveLength(0);
  recent.delete(["a", "never"]);
  expect(recent.get("a")).toBeUndefined();
});
