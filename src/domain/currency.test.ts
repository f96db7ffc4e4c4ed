import { expect, test } from "@jest/globals";
import { currencyExponent, isCurrencyCode } from "./currency.ts";
import { CURRENT_CODES, HISTORIC_CODES } from "./iso-4217.generated.ts";

test("C4: list one has 178 codes and list three 137, of which eight are current too", () => {
  // Counted over the lists published on 2026-01-01. Current codes by minor unit: 17 with none, 139, 7, 2, and 13 without one.
  const count = (unit: number | null) => CURRENT_CODES.filter(([, minorUnit]) => minorUnit === unit).length;
  expect([0, 2, 3, 4, null].map(count)).toEqual([17, 139, 7, 2, 13]);
  expect([CURRENT_CODES.length, HISTORIC_CODES.length]).toEqual([178, 137 - 8]);
  expect(new Set([...CURRENT_CODES, ...HISTORIC_CODES].map(([code]) => code)).size).toBe(178 + 137 - 8);
});

test("C4: every currency that ICU knows has a code in one of the lists", () => {
  const unknown = Intl.supportedValuesOf("currency").filter((code) => !isCurrencyCode(code));
  expect(unknown).toEqual([]);
});

test.each([
  // Current ones, for which ICU or older lists have other digits or none at all.
  ...(["EUR", "XCG", "XAD", "VED", "VES", "ZWG", "SLE", "MRU", "STN", "BYN", "MGA", "HUF", "IRR"] as const).map(
    (code) => [code, 2] as const,
  ),
  ...(["ISK", "UGX", "JPY", "KRW", "XOF"] as const).map((code) => [code, 0] as const),
  ...(["BHD", "IQD", "KWD"] as const).map((code) => [code, 3] as const),
  ["CLF", 4],
  // Historic ones.
  ...(["ANG", "BGN", "HRK", "LTL", "LVL", "EEK", "SKK", "ZWL", "SLL", "CUC", "MRO", "STD", "VEF"] as const).map(
    (code) => [code, 2] as const,
  ),
  ...(["BYR", "ITL", "ESP", "BEF", "TRL"] as const).map((code) => [code, 0] as const),
  // Without a minor unit, or in no list.
  ...(["XAU", "XXX", "XTS", "ARY", "QQQ", "eur", "EURO", "", "__proto__"] as const).map(
    (code) => [code, undefined] as const,
  ),
])("C4: %s has the exponent %s", (code, exponent) => {
  expect(currencyExponent(code)).toBe(exponent);
});

test("a code without a minor unit is a valid currency, and a code in no list is not", () => {
  expect(["XAU", "ARY", "ZWC", "QQQ", "BTC"].map(isCurrencyCode)).toEqual([true, true, true, false, false]);
});
