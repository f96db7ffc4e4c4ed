import { expect, test } from "@jest/globals";
import { limitVariables } from "./limit-variables.ts";

const list = (length: number) => Array.from({ length }, () => 1);

test.each<[string, unknown]>([
  ["a list of the maximum length", list(10)],
  ["lists in lists", [list(10), list(10)]],
  ["null", null],
])("variables may contain %s", (_what, value) => {
  expect(() => limitVariables({ value }, 10)).not.toThrow();
});

test.each<[string, unknown, string]>([
  ["a longer list", list(11), "a list has too many items"],
  ["a longer list within objects", { a: [{ b: list(11) }] }, "a list has too many items"],
  ["an object of many fields", Object.fromEntries(list(101).map((_, n) => [n, 1])), "an object has too many fields"],
])("variables are refused that contain %s (F88)", (_what, value, reason) => {
  expect(() => limitVariables({ value }, 10)).toThrow(`the variable "value" is too large: ${reason}`);
});

test("values nested 100,000 levels deep are walked without exhausting the stack (F93)", () => {
  let deep: unknown = list(11);
  for (let level = 0; level < 100_000; level += 1) deep = [deep];
  expect(() => limitVariables({ deep }, 10)).toThrow("too large");
});
