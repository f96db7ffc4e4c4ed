import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { decimalText } from "../../../domain/money.ts";
import type { AmountSpec } from "../settings/tables.ts";
import { NOT_SENT } from "../../../protocols/postgres-cdc/pgoutput/relation.ts";
import { externalIdOf, keyOf, rowsOf, ValueNotSent } from "./row.ts";
import { knownOf, moneyOf, timeOf } from "./values.ts";

const row = (values: Readonly<Record<string, string | null>>) => rowsOf(Object.keys(values))(Object.values(values));
const amount = (changes: Partial<AmountSpec>): AmountSpec => ({
  column: "a",
  as: "decimal",
  sign: "asStored",
  ...changes,
});

test.each<[string, Partial<AmountSpec>, string, bigint]>([
  ["12.34", {}, "EUR", 1234n],
  ["12.340000", {}, "EUR", 1234n],
  ["-0.05", {}, "EUR", -5n],
  ["7", {}, "JPY", 7n],
  ["0.001", {}, "BHD", 1n],
  ["1234", { as: "minorUnits" }, "EUR", 1234n],
  ["1234", { as: "minorUnits" }, "JPY", 1234n],
  ["12340000", { as: "minorUnits", exponent: 6 }, "EUR", 1234n],
  ["9223372036854775807", { as: "minorUnits" }, "EUR", 9_223_372_036_854_775_807n],
  ["5", { sign: "negated" }, "EUR", -500n],
])("the amount %s with %j in %s is %s", (text, changes, currency, expected) => {
  expect(moneyOf(row({ a: text }), amount(changes), currency).minor).toBe(expected);
});

test.each<[string, Partial<AmountSpec>, string, RegExp]>([
  ["12.345", {}, "EUR", /not a whole number/],
  ["12340001", { as: "minorUnits", exponent: 6 }, "EUR", /not a whole number/],
  ["9223372036854775808", { as: "minorUnits" }, "EUR", /exceeds 64 bits/],
  ["NaN", {}, "EUR", /must be a finite number/],
  ["Infinity", {}, "EUR", /must be a finite number/],
  ["1e3", {}, "EUR", /must be a finite number/],
  ["1", {}, "ZZZ", /ISO 4217/],
])("the amount %s with %j in %s is refused: %s", (text, changes, currency, expected) => {
  expect(() => moneyOf(row({ a: text }), amount(changes), currency)).toThrow(expected);
});

test("every amount is the same as decimal text and as minor units", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 63n) + 1n, max: 2n ** 63n - 1n }), (minor) => {
      const decimal = moneyOf(row({ a: decimalText(minor, 2) }), amount({}), "EUR");
      expect(decimal).toEqual(moneyOf(row({ a: String(minor) }), amount({ as: "minorUnits" }), "EUR"));
    }),
  );
});

test("a sign is read from the column that has it, and an unknown mark is refused", () => {
  const sign = { column: "m", positive: ["C"], negative: ["D"] };
  expect(moneyOf(row({ a: "1", m: "D " }), amount({ sign }), "EUR").minor).toBe(-100n);
  expect(moneyOf(row({ a: "1", m: "C" }), amount({ sign }), "EUR").minor).toBe(100n);
  expect(() => moneyOf(row({ a: "1", m: "X" }), amount({ sign }), "EUR")).toThrow("must be one of C, D");
});

test.each([
  ["2026-11-30 12:00:00.123456+00", "timestamp", "2026-11-30T12:00:00.123Z"],
  ["2026-11-30 12:00:00", "utcTimestamp", "2026-11-30T12:00:00.000Z"],
  ["1764500000", "epochSeconds", "2025-11-30T10:53:20.000Z"],
  ["1764500000123", "epochMillis", "2025-11-30T10:53:20.123Z"],
] as const)("the time %s as %s is %s", (text, as, expected) => {
  expect(timeOf(row({ t: text }), { column: "t", as })).toBe(expected);
});

test.each(["infinity", "-infinity", "0044-03-15 12:00:00+00 BC", "1e5"])("the time %s is refused", (text) => {
  expect(() => timeOf(row({ t: text }), { column: "t", as: "timestamp" })).toThrow("must be a finite time");
});

test("a word without an entry is kept and reported, also one that every object has (F57)", () => {
  for (const word of ["odd", "constructor", "__proto__"])
    expect(knownOf(row({ s: word }), { column: "s", map: { done: "SUCCEEDED" } })).toEqual({
      value: undefined,
      raw: word,
      unknowns: [{ path: "s", value: word }],
    });
});

test("the id of any key is read back as that key", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.string({ unit: "binary" }).filter((text) => text.isWellFormed()),
        { minLength: 1, maxLength: 4 },
      ),
      (values) => {
        const key = values.map((_, index) => `k${index}`);
        expect(keyOf(externalIdOf(rowsOf(key)(values), key), key)).toEqual(values);
      },
    ),
  );
});

test("a value that was not sent is not null", () => {
  expect(() => rowsOf(["a"])([NOT_SENT]).valueOf("a")).toThrow(ValueNotSent);
  expect(() => rowsOf(["a"])([NOT_SENT]).valueOf("b")).toThrow("column b is not in the table");
});
