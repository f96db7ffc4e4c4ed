import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { parseDate } from "./date.ts";
import { parseDecimal, parseSignedDecimal, rescale } from "./decimal.ts";
import { isIban, normalizeIban } from "./iban.ts";

test("a decimal is exact, with all its digits after the point (F83)", () => {
  expect(parseDecimal("8.850")).toEqual({ units: 8850n, scale: 3 });
  expect(parseDecimal("123456789012345678.12345")).toEqual({ units: 12345678901234567812345n, scale: 5 });
  expect(parseDecimal("007")).toEqual({ units: 7n, scale: 0 });
  expect(parseDecimal("5.")).toEqual({ units: 5n, scale: 0 });
  expect(parseDecimal(".5")).toEqual({ units: 5n, scale: 1 });
  expect(parseDecimal("9".repeat(38))?.units).toBe(BigInt("9".repeat(38)));
});

test.each([
  "",
  ".",
  "-1",
  "+1",
  "1e5",
  "1,00",
  "1,000.00",
  "1 000",
  "1'000",
  "0x1",
  "NaN",
  "1.2.3",
  "١",
  "9".repeat(39),
])("%j is not a decimal (F83)", (text) => expect(parseDecimal(text)).toBeUndefined());

test("C35: a signed decimal is exact, with one sign before its digits", () => {
  expect(parseSignedDecimal("-15.58")).toEqual({ units: -1558n, scale: 2 });
  expect(parseSignedDecimal("+15.58")).toEqual({ units: 1558n, scale: 2 });
  expect(parseSignedDecimal("15.58")).toEqual({ units: 1558n, scale: 2 });
  expect(parseSignedDecimal("-.5")).toEqual({ units: -5n, scale: 1 });
  expect(parseSignedDecimal(`-${"9".repeat(38)}`)?.units).toBe(-BigInt("9".repeat(38)));
  for (const text of ["", "-", "+", "--1", "+-1", "1-", "- 1", "-1,00", "\u22121"]) {
    expect(parseSignedDecimal(text)).toBeUndefined();
  }
});

test("a decimal and its text are equal", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 18n }), fc.integer({ min: 0, max: 5 }), (units, scale) => {
      const digits = units.toString().padStart(scale + 1, "0");
      const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
      expect(parseDecimal(text)).toEqual({ units, scale });
      expect(rescale(units, scale, scale + 3)).toBe(units * 1_000n);
    }),
  );
});

test.each([
  ["2014-12-31", "2014-12-31", undefined],
  ["2014-12-31+01:00", "2014-12-31", undefined],
  ["2014-12-31Z", "2014-12-31", undefined],
  ["2024-02-29", "2024-02-29", undefined],
  ["2007-10-18T10:15:00", "2007-10-18", undefined],
  ["2007-10-18T00:15:00+01:00", "2007-10-18", "2007-10-17T23:15:00.000Z"],
  ["2007-10-18T23:15:00.5-05:30", "2007-10-18", "2007-10-19T04:45:00.500Z"],
  ["2007-10-18T10:15:00.1234567Z", "2007-10-18", "2007-10-18T10:15:00.123Z"],
  ["2007-12-31T24:00:00Z", "2007-12-31", "2008-01-01T00:00:00.000Z"],
  ["0099-01-01T00:00:00Z", "0099-01-01", "0099-01-01T00:00:00.000Z"],
])("%s is the day that it writes: a UTC offset never changes it", (text, date, instant) => {
  expect(parseDate(text)).toEqual({ text, date, instant });
});

test.each([
  "2023-02-29",
  "2023-02-30",
  "1900-02-29",
  "2023-04-31",
  "2023-13-01",
  "2023-00-01",
  "2023-01-00",
  "0000-01-01",
  "23-01-01",
  "20230101",
  "01.02.2023",
  "2023-01-01T25:00:00Z",
  "2023-01-01T24:00:01Z",
  "2023-01-01T10:60:00Z",
  "2023-01-01T10:00:60Z",
  "2023-01-01T10:00Z",
  "2023-01-01T10:00:00+15:00",
  "2023-01-01+14:60",
  "2023-01-01 10:00:00",
  "",
])("%j is not a date", (text) => expect(parseDate(text)).toBeUndefined());

test("a date is accepted exactly if it is in the calendar", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1600, max: 2400 }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 31 }),
      (y, m, d) => {
        const text = `${y}-${String(m).padStart(2, "0")}-${String(d).padStart(2, "0")}`;
        const isReal = new Date(Date.UTC(y, m - 1, d)).toISOString().startsWith(text);
        expect(parseDate(text) !== undefined).toBe(isReal);
      },
    ),
  );
});

describe("an IBAN is distinguished from other account numbers", () => {
  test.each([
    "DE89370400440532013000",
    "GB82WEST12345698765432",
    "NO9386011117947",
    "MT84MALT011000012345MTLCAST001S",
    "CH4431999123000889012", // with the institution number of a QR-IBAN
    "NO2386011117946", // Norway's own check digit is wrong
  ])("%s is an IBAN", (iban) => {
    expect(isIban(iban)).toBe(true);
  });

  test.each([
    ["DE88370400440532013000", "wrong check digits"],
    ["DE5137040044053201300", "right check digits, one digit too few for Germany"],
    ["DE9837040044053201300000", "two digits too many"],
    ["NL35123400417164300A", "digits where the Netherlands have letters"],
    ["XX46370400440532013000", "no country with IBANs"],
    ["US64SVBKUS6S3300958879", "a country without IBANs"],
    ["DE8937040044053201300é", ""],
    ["de89370400440532013000", "not in its normal form"],
    ["DE89 3704 0044 0532 0130 00", "not in its normal form"],
    ["0123456789", ""],
    ["DE89", ""],
    ["__proto__", ""],
    ["", ""],
  ])("%j is not an IBAN: %s", (other) => {
    expect(isIban(other)).toBe(false);
  });

  test("the normal form of an IBAN has no white space and no lower case", () => {
    expect(normalizeIban(" de89 3704 0044\n0532013000")).toBe("DE89370400440532013000");
  });
});
