import { expect, test } from "@jest/globals";
import { jsonValues } from "./json-values.ts";

const linesOf = (json: string) => jsonValues(json)?.map(({ path, text }) => `${path}: ${text}`);

test("the values of JSON are listed by their place, in their order, with every digit of a number", () => {
  const input = { sourceId: "stripe-main", streams: ["charges", "refunds"], range: { from: "2026-01-01", to: null } };
  expect(linesOf(JSON.stringify({ input, dryRun: false }))).toEqual([
    "input.sourceId: stripe-main",
    "input.streams: charges, refunds",
    "input.range.from: 2026-01-01",
    "input.range.to: none",
    "dryRun: no",
  ]);
  expect(linesOf('{"after":9007199254740993}')).toEqual(["after: 9007199254740993"]);
});

test("a list of objects has a place for each of their values", () => {
  expect(linesOf('{"endpoints":[{"id":"a"},{"id":"b"}]}')).toEqual(["endpoints.0.id: a", "endpoints.1.id: b"]);
});

test("what is empty is named", () => {
  expect(linesOf('{"ids":[],"reason":"","settings":{}}')).toEqual([
    "ids: an empty list",
    "reason: empty text",
    "settings: nothing",
  ]);
  expect([linesOf("{}"), linesOf('"a"')]).toEqual([[": nothing"], [": a"]]);
});

test("text that is not JSON has no values", () => {
  expect(jsonValues("{")).toBeUndefined();
});
