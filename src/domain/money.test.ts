import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { addMoney, decimalText, moneyFromUnits, negated, sameAmount } from "./money.ts";

describe("moneyFromUnits", () => {
  test.each([
    ["1050", 2, "eur", 1050n, 2, "10.50"],
    ["500", 0, "jpy", 500n, 0, "500"],
    ["1230", 3, "kwd", 1230n, 3, "1.230"],
    ["500", 2, "isk", 5n, 0, "5"], // sent with two decimals, has none
    ["5", 0, "mga", 500n, 2, "5.00"], // sent without decimals, has two
    ["-1", 2, "usd", -1n, 2, "-0.01"],
    ["9007199254740993", 2, "usd", 9007199254740993n, 2, "90071992547409.93"],
  ])("%s at wire exponent %d in %s is exact", (units, wireExponent, currency, minor, exponent, text) => {
    const money = moneyFromUnits(BigInt(units), wireExponent, currency);
    expect(money).toEqual({ minor, exponent, currency: currency.toUpperCase() });
    expect(decimalText(money.minor, money.exponent)).toBe(text);
  });

  test.each([
    [550n, 2, "isk", /is not a whole number of ISK minor units/],
    [1n, 2, "xyz", /ISO 4217/],
    [2n ** 63n, 2, "usd", /64 bits/],
    [-(2n ** 63n), 2, "usd", /64 bits/],
    [2n ** 62n, 0, "mga", /64 bits/],
  ])("refuses %s at %d in %s", (units, wireExponent, currency, message) => {
    expect(() => moneyFromUnits(units, wireExponent, currency)).toThrow(message);
  });
});

test("amounts of different scales are added exactly, with their signs", () => {
  const rate = { minor: 12_345n, exponent: 4, currency: "EUR" }; // 1.2345
  const euro = { minor: 100n, exponent: 2, currency: "EUR" };
  expect(addMoney(euro, rate)).toEqual({ minor: 22_345n, exponent: 4, currency: "EUR" });
  expect(addMoney(euro, negated(euro), negated(euro))).toEqual({ minor: -100n, exponent: 2, currency: "EUR" });
  expect([sameAmount(euro, { ...euro, minor: 10_000n, exponent: 4 }), sameAmount(euro, rate)]).toEqual([true, false]);
});

test("decimal text and minor units are the same number, at every exponent", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n }), fc.integer({ min: 0, max: 4 }), (minor, exponent) => {
      const text = decimalText(minor, exponent);
      expect(text).toMatch(exponent === 0 ? /^-?\d+$/ : new RegExp(`^-?\\d+\\.\\d{${exponent}}$`));
      expect(BigInt(text.replace(".", ""))).toBe(minor);
    }),
  );
});
