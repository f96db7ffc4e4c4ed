import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type GraphQLScalarType, parseValue } from "graphql";
import { BigIntScalar } from "./BigInt.ts";
import { CurrencyCode } from "./CurrencyCode.ts";
import { DateScalar } from "./Date.ts";
import { DateTime } from "./DateTime.ts";
import { Decimal } from "./Decimal.ts";
import { EventCursor } from "./EventCursor.ts";

const TAKEN: readonly [GraphQLScalarType, unknown, unknown][] = [
  [DateTime, "2026-11-22T17:24:24Z", "2026-11-22T17:24:24.000Z"],
  [DateTime, "2026-11-22T17:24:24.123456789+02:00", "2026-11-22T15:24:24.123Z"],
  [DateTime, "2026-11-22", "2026-11-22T00:00:00.000Z"],
  [DateTime, "2024-02-29t00:00:00z", "2024-02-29T00:00:00.000Z"],
  [DateTime, "0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z"],
  [DateTime, "9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z"],
  [DateScalar, "2024-02-29", "2024-02-29"],
  [Decimal, "-0.05", "-0.05"],
  [Decimal, "9007199254740993.1", "9007199254740993.1"],
  [CurrencyCode, "JPY", "JPY"],
  [BigIntScalar, "9007199254740993", 9_007_199_254_740_993n],
  [BigIntScalar, 12, 12n],
  [EventCursor, "abc_-9", "abc_-9"],
];

const REFUSED: readonly [GraphQLScalarType, unknown][] = [
  [DateTime, "2026-02-30"],
  [DateTime, "2026-11-22\n"],
  [DateTime, "2026-11-22T17:24:24"],
  [DateTime, "2026-02-30T00:00:00Z"],
  [DateTime, "2026-11-22T25:00:00Z"],
  [DateTime, "2026-11-22T17:24:24Z\n"],
  [DateTime, 1_700_000_000],
  [DateTime, "0000-12-31T23:59:59Z"],
  [DateTime, "0001-01-01T00:00:00+00:01"],
  [DateTime, "9999-12-31T23:59:59-00:01"],
  [DateScalar, "2025-02-29"],
  [DateScalar, "2026-1-1"],
  [DateScalar, "2026-01-01T00:00:00Z"],
  [Decimal, "1e5"],
  [Decimal, "1."],
  [Decimal, "NaN"],
  [Decimal, 10.5],
  [Decimal, "1".repeat(10_000)],
  [CurrencyCode, "eur"],
  [CurrencyCode, "EURO"],
  [BigIntScalar, "1.0"],
  [BigIntScalar, "0x10"],
  [BigIntScalar, ""],
  [BigIntScalar, 2 ** 60],
  [BigIntScalar, Number.NaN],
  [EventCursor, ""],
  [EventCursor, "a b"],
  [EventCursor, "x".repeat(201)],
];

describe("scalars", () => {
  test.each(TAKEN)("scalar %s accepts %j", (scalar, given, parsed) => {
    expect(scalar.parseValue(given)).toEqual(parsed);
    expect(scalar.parseLiteral(parseValue(JSON.stringify(given)))).toEqual(parsed);
  });

  test.each(REFUSED)("scalar %s refuses %j (F93)", (scalar, given) => {
    expect(() => scalar.parseValue(given)).toThrow(`${scalar.name} must be `);
  });

  test("scalars refuse every value that is not text, as input and as output (F93)", () => {
    const odd = fc.oneof(fc.object(), fc.boolean(), fc.constant(null), fc.constant(undefined), fc.array(fc.string()));
    fc.assert(
      fc.property(
        odd,
        fc.constantFrom(DateTime, DateScalar, Decimal, CurrencyCode, EventCursor, BigIntScalar),
        (value, scalar) => {
          expect(() => scalar.parseValue(value)).toThrow(`${scalar.name} must be `);
          expect(() => scalar.serialize(value)).toThrow(`${scalar.name} must be `);
        },
      ),
    );
  });

  test("a currency code in no standard is returned as its source names it, and is refused as input", () => {
    expect(CurrencyCode.serialize("BTC")).toBe("BTC");
    for (const text of ["", "€", "B T", "x".repeat(17)])
      expect(() => CurrencyCode.serialize(text)).toThrow("CurrencyCode must be ");
    expect(() => CurrencyCode.parseValue("BTC")).toThrow("CurrencyCode must be ");
  });

  test("a DateTime keeps its instant through every UTC offset", () => {
    const minDate = new Date("0001-01-02T00:00:00Z");
    const maxDate = new Date("9999-12-30T00:00:00Z");
    fc.assert(
      fc.property(
        fc.date({ min: minDate, max: maxDate, noInvalidDate: true }),
        fc.integer({ min: -839, max: 839 }),
        (at, offset) => {
          const local = new Date(at.getTime() + offset * 60_000).toISOString().slice(0, -1);
          const part = (n: number) => `${Math.floor(n)}`.padStart(2, "0");
          const zone = `${offset < 0 ? "-" : "+"}${part(Math.abs(offset) / 60)}:${part(Math.abs(offset) % 60)}`;
          expect(DateTime.parseValue(`${local}${zone}`)).toBe(at.toISOString());
        },
      ),
    );
  });
});
