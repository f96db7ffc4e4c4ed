import { expect, test } from "@jest/globals";
import { decimalTextOf } from "./decimal-text.ts";
import { parseExactJson } from "./exact-json.ts";

test.each([
  ["1.085", "1.085"],
  ["1.0850", "1.0850"],
  ["1", "1"],
  ["0", "0"],
  ["-0.5", "-0.5"],
  ["7.1e-7", "0.00000071"],
  ["12.5e1", "125"],
  ["12.5e3", "12500"],
  ["1.25E+1", "12.5"],
  ["100e-2", "1.00"],
  ["9007199254740993", "9007199254740993"],
  ["0.1234567890123456789", "0.1234567890123456789"],
])("C10: the JSON number %s is the decimal %s", (literal, expected) => {
  expect(decimalTextOf(parseExactJson(literal))).toBe(expected);
});

test.each(["1e400", "1e-41", '"1.5"', "null", "true", "{}", `0.${"1".repeat(41)}`])(
  "C10: %s is not a decimal",
  (json) => {
    expect(decimalTextOf(parseExactJson(json))).toBeUndefined();
  },
);
