import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { decimalOf, formatCount, formatMoney, groupDigits, percentOf } from "./money.ts";

describe("amounts", () => {
  test.each([
    ["10.50", "EUR", "10.50 EUR"],
    ["-1234.5", "KWD", "−1,234.5 KWD"],
    ["9007199254740993", "JPY", "9,007,199,254,740,993 JPY"],
    ["90071992547409931234.99", "USD", "90,071,992,547,409,931,234.99 USD"],
    ["0.00", "EUR", "0.00 EUR"],
  ])("%s %s is displayed with every digit", (amount, currency, expected) => {
    expect(formatMoney({ amount, currency })).toBe(expected);
  });

  test("text that is no amount is left as it is", () => {
    expect(groupDigits("<b>1</b>")).toBe("<b>1</b>");
  });

  test.each([
    [1050n, 2, "10.50"],
    [-5n, 2, "-0.05"],
    [67050n, 0, "67050"],
    [9007199254740993n, 3, "9007199254740.993"],
  ])("%s minor units with exponent %s are %s", (minor, exponent, expected) => {
    expect(decimalOf(minor, exponent)).toBe(expected);
  });

  test("no digit is lost, whatever the size", () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.integer({ min: 0, max: 8 }), (minor, exponent) => {
        expect(BigInt(decimalOf(minor, exponent).replace(".", ""))).toBe(minor);
      }),
    );
  });

  test("a part of a whole is a share from 0 to 100, also of nothing", () => {
    expect([percentOf(25n, 100n), percentOf(-25n, 100n), percentOf(5n, 0n), percentOf(300n, 100n)]).toEqual([
      25, 25, 0, 100,
    ]);
    expect(percentOf(9007199254740993n, 18014398509481986n)).toBe(50);
  });

  test("an estimated count is marked", () => {
    expect(formatCount({ count: 20_000, isEstimate: true })).toBe("≈ 20,000");
    expect(formatCount({ count: 12, isEstimate: false })).toBe("12");
  });
});
