import { expect, test } from "@jest/globals";
import { OPERATION_ID_PREFIXES } from "../src/domain/ids.ts";
import { factsOf } from "./evidence-parts.ts";

const RUN = `${OPERATION_ID_PREFIXES.SyncRun}_${"a".repeat(22)}`;

test("a fact with one value has one part, with its unit", () => {
  expect(factsOf({ lastReceivedAt: "2026-06-01T12:00:00.000Z", refused: 3, waitedMs: 250 })).toEqual([
    {
      name: "lastReceivedAt",
      value: "2026-06-01T12:00:00.000Z",
      parts: [{ path: "", value: "2026-06-01T12:00:00.000Z", unit: null, id: null }],
    },
    { name: "refused", value: "3", parts: [{ path: "", value: "3", unit: null, id: null }] },
    { name: "waitedMs", value: "250", parts: [{ path: "", value: "250", unit: "ms", id: null }] },
  ]);
});

test("a fact with several values has a part for each, in order, by its place", () => {
  const [fact] = factsOf({ samples: [{ at: "p1", isKnown: true, of: null }, { at: "p2" }] });
  expect(fact?.value).toBe('[{"at":"p1","isKnown":true,"of":null},{"at":"p2"}]'); // as before
  expect(fact?.parts.map(({ path, value }) => [path, value])).toEqual([
    ["0.at", "p1"],
    ["0.isKnown", "true"],
    ["0.of", ""],
    ["1.at", "p2"],
  ]);
});

test("amounts have the currency beside them as their unit, and counts have none", () => {
  const evidence = { currency: "EUR", booked: "12.50", count: 2, sums: { currency: "JPY", total: "-100", lines: 7 } };
  const units = factsOf(evidence).flatMap(({ name, parts }) => parts.map(({ path, unit }) => [name, path, unit]));
  expect(units).toEqual([
    ["currency", "", null],
    ["booked", "", "EUR"],
    ["count", "", null],
    ["sums", "currency", null],
    ["sums", "total", "JPY"],
    ["sums", "lines", null],
  ]);
});

test("an amount that is written with its currency has it as its unit, also beside another currency", () => {
  const evidence = {
    currency: "EUR",
    movements: [{ movement: "-1566.04 GBP", from: "OPBD 12.50 EUR", note: "7 days" }],
  };
  expect(factsOf(evidence)[1]?.parts.map(({ value, unit }) => [value, unit])).toEqual([
    ["-1566.04", "GBP"],
    ["OPBD 12.50 EUR", null],
    ["7 days", null],
  ]);
});

test("ids of objects are distinguished from other texts, and names of sources are recognised by their member", () => {
  const evidence = { runIds: [RUN, "run_1"], sourceId: "stripe-main", code: "stripe-main" };
  expect(factsOf(evidence).flatMap(({ parts }) => parts.map(({ id }) => id))).toEqual([RUN, null, "stripe-main", null]);
});

test("nothing is a fact of evidence that is empty, and a long list is cut", () => {
  expect([factsOf(null), factsOf({})]).toEqual([[], []]);
  expect(factsOf({ ids: Array.from({ length: 500 }, String) })[0]?.parts).toHaveLength(200);
});
