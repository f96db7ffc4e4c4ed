import { isCurrencyCode } from "../../../domain/currency.ts";
import { ServiceError } from "../../../domain/error.ts";
import { exactMoney, type Money } from "../../../domain/money.ts";
import type { UnknownValue } from "../../../connector-api/messages.ts";

/** A signed decimal: `units / 10^scale`. */
export interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

/** RFC 8259, section 6. */
const LITERAL = /^(-?\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;
/** More digits than any real amount has, and few enough for safe arithmetic: 1e400 is not an amount. */
const MAX_DIGITS = 38;

/** Parses a JSON number literal exactly; undefined for more than 38 digits on either side of the point. */
export function parseLiteral(literal: string): Decimal | undefined {
  const [, whole = "", fraction = "", exponent = "0"] = LITERAL.exec(literal) ?? [];
  const shift = Number(exponent); // has few digits, or is out of bounds anyway
  if (whole === "" || Math.abs(shift) > MAX_DIGITS || whole.length + fraction.length > 2 * MAX_DIGITS) return undefined;
  const units = BigInt(whole + fraction); // "-0" + "005" is -5
  const scale = fraction.length - shift;
  const decimal = scale < 0 ? { units: units * 10n ** BigInt(-scale), scale: 0 } : { units, scale };
  return decimal.scale > MAX_DIGITS || digitsOf(decimal.units) > MAX_DIGITS ? undefined : decimal;
}

function digitsOf(units: bigint): number {
  return String(units < 0n ? -units : units).length;
}

export interface CurrencyWire {
  readonly iso_currency_code?: string | null | undefined;
  readonly unofficial_currency_code?: string | null | undefined;
}

/**
 * Currency codes are short alphanumeric texts: `EUR`, `USDT`. Values are stored and compared by them, so other texts
 * are rejected.
 */
const CODE = /^[A-Za-z0-9]{2,12}$/;

/**
 * Returns the currency code of an amount, official or not.
 * @throws ServiceError UPSTREAM_MALFORMED if there is none, or none that could be one
 */
export function currencyOf(wire: CurrencyWire): string {
  const code = wire.iso_currency_code || wire.unofficial_currency_code || "";
  if (!CODE.test(code)) {
    const problem = code === "" ? "no currency" : "a code that is not letters and digits";
    throw new ServiceError("UPSTREAM_MALFORMED", `must have a currency code, got ${problem}`);
  }
  return code;
}

/**
 * Returns a finding for an official code that is in neither list of ISO 4217: the amount is kept as written, with its
 * original number of digits.
 */
export function unknownCurrency({ iso_currency_code: code }: CurrencyWire, path: string): UnknownValue | undefined {
  return code && !isCurrencyCode(code) ? { path, value: code } : undefined;
}

/**
 * Returns the amount of a JSON literal, exactly.
 * @throws ServiceError UPSTREAM_MALFORMED
 */
export function moneyOf(literal: string, wire: CurrencyWire): Money {
  const decimal = parseLiteral(literal);
  if (decimal === undefined) {
    throw new ServiceError("UPSTREAM_MALFORMED", `must be a number of at most ${MAX_DIGITS} digits`);
  }
  return exactMoney(decimal.units, decimal.scale, currencyOf(wire));
}
