import { expect, test } from "@jest/globals";
import { parse } from "graphql";
import { documentBytes, jsonBytes } from "./memory-size.ts";

test("a document has the bytes of its text and of its tokens, comments included", () => {
  const fields = `{ ${"a ".repeat(1_000)}}`;
  const comments = `${"#\n".repeat(10_000)}{ a }`;
  expect(documentBytes(parse(fields))).toBe(2 * fields.length + 500 * 1_004); // with { } and both ends
  expect(documentBytes(parse(comments))).toBe(2 * comments.length + 500 * 10_005);
});

test.each([
  ["a number", 7, 16],
  ["null", null, 16],
  ["a text", "abcd", 16 + 8],
  ["a list", [1, 2], 16 + 64 + 2 * 16],
  ["an object", { ab: "c" }, 16 + 64 + 4 + 16 + 2],
])("%s has the bytes of its parts", (_name, value, bytes) => {
  expect(jsonBytes(value)).toBe(bytes);
});

test("a value of any depth is measured", () => {
  const depth = 200_000;
  const value: unknown = JSON.parse("[".repeat(depth) + "]".repeat(depth));
  expect(jsonBytes(value)).toBe(depth * 80);
});
