import { ServiceError } from "./error.ts";
import { currencyExponent, isCurrencyCode } from "./currency.ts";

/**
 * An exact amount in one currency. Never a float.
 * @example { minor: 1050n, exponent: 2, currency: "EUR" } is 10.50 euro
 */
export interface Money {
  /** Count of the smallest unit; negative for a debit. */
  readonly minor: bigint;
  /** Digits after the point: EUR 2, JPY 0, BHD 3. Source: ISO 4217, "Minor unit". */
  readonly exponent: number;
  /** ISO 4217 alphabetic code, upper case. */
  readonly currency: string;
}

const INT64_MAX = 2n ** 63n - 1n;

/**
 * Converts an amount counted in units of 10^-wireExponent to the currency's own ISO 4217 units.
 * @throws ServiceError UPSTREAM_MALFORMED when the currency cannot express it exactly, is unknown or without a minor
 * unit, or 64 bits are exceeded
 */
export function moneyFromUnits(units: bigint, wireExponent: number, currency: string): Money {
  const code = currency.toUpperCase();
  const exponent = currencyExponent(code);
  if (exponent === undefined) {
    const expected = isCurrencyCode(code) ? "a currency that has a minor unit in ISO 4217" : "an ISO 4217 code";
    throw new ServiceError("UPSTREAM_MALFORMED", `currency must be ${expected}, got ${JSON.stringify(currency)}`);
  }
  const minor = rescale(units, wireExponent, exponent);
  if (minor === undefined) {
    throw new ServiceError(
      "UPSTREAM_MALFORMED",
      `amount ${units}e-${wireExponent} is not a whole number of ${code} minor units`,
    );
  }
  if (minor > INT64_MAX || minor < -INT64_MAX) {
    throw new ServiceError("UPSTREAM_MALFORMED", `amount ${minor} exceeds 64 bits`);
  }
  return { minor, exponent, currency: code };
}

/** Returns undefined when digits would be lost. */
function rescale(units: bigint, from: number, to: number): bigint | undefined {
  if (to >= from) return units * 10n ** BigInt(to - from);
  const divisor = 10n ** BigInt(from - to);
  return units % divisor === 0n ? units / divisor : undefined;
}

/** Returns decimal text with exactly `exponent` digits after the point: -5n at 2 is "-0.05". */
export function decimalText(minor: bigint, exponent: number): string {
  if (exponent === 0) return minor.toString();
  const negative = minor < 0n;
  const digits = (negative ? -minor : minor).toString().padStart(exponent + 1, "0");
  const point = digits.length - exponent;
  return `${negative ? "-" : ""}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/**
 * Converts a decimal amount that another system calculated, with as many digits as it was written with: at least the
 * currency's own digits, more only if they are not zero. A currency that is not in ISO 4217, or has no minor unit
 * there, has no digits of its own.
 */
export function exactMoney(units: bigint, scale: number, currency: string): Money {
  const least = currencyExponent(currency) ?? 0;
  let [minor, exponent] = [units, scale];
  while (exponent > least && minor % 10n === 0n) {
    minor /= 10n;
    exponent -= 1;
  }
  if (exponent >= least) return { minor, exponent, currency };
  return { minor: minor * 10n ** BigInt(least - exponent), exponent: least, currency };
}

/** Returns the exact sum of amounts in one currency. */
export function addMoney(first: Money, ...others: readonly Money[]): Money {
  const all = [first, ...others];
  const exponent = Math.max(...all.map((money) => money.exponent));
  const sum = all.reduce((total, money) => total + money.minor * 10n ** BigInt(exponent - money.exponent), 0n);
  return exactMoney(sum, exponent, first.currency);
}

export function negated(money: Money): Money {
  return { ...money, minor: -money.minor };
}

/** Returns true if two amounts in one currency are equal, regardless of trailing zeros. */
export function sameAmount(one: Money, other: Money): boolean {
  return addMoney(one, negated(other)).minor === 0n;
}

/** Converts plain decimal text, such as that of a PostgreSQL numeric, to an amount of a currency. */
export function moneyOfDecimal(text: string, currency: string): Money {
  const [whole = "", fraction = ""] = text.split(".");
  return exactMoney(BigInt(`${whole}${fraction}`), fraction.length, currency);
}
