import { currencyExponent } from "../../../domain/currency.ts";
import { ServiceError } from "../../../domain/error.ts";
import { exactMoney, type Money } from "../../../domain/money.ts";
import type { UnknownValue } from "../../../connector-api/messages.ts";

/** `units / 10^scale`, with a sign. */
export interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

/** RFC 8259, section 6. */
const LITERAL = /^(-?\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;
/** More than any money has, and short enough for arithmetic that nobody has to think about: 1e400 is no amount. */
const MAX_DIGITS = 38;

/** The number that a JSON literal writes, exactly; undefined for more than 38 digits on either side of the point. */
export function parseLiteral(literal: string): Decimal | undefined {
  const [, whole = "", fraction = "", exponent = "0"] = LITERAL.exec(literal) ?? [];
  const shift = Number(exponent); // of a few digits, or out of bounds anyway
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

/** Codes of currencies are words of a few letters: `EUR`, `USDT`. What is stored and compared by is not just anything. */
const CODE = /^[A-Za-z0-9]{2,12}$/;

/**
 * The code that an amount is in, official or not.
 * @throws ServiceError UPSTREAM_MALFORMED when it says none, or none that could be one
 */
export function currencyOf(wire: CurrencyWire): string {
  const code = wire.iso_currency_code || wire.unofficial_currency_code || "";
  if (!CODE.test(code)) {
    const problem = code === "" ? "no currency" : "no code of letters and digits";
    throw new ServiceError("UPSTREAM_MALFORMED", `must have a currency code, got ${problem}`);
  }
  return code;
}

/** An official code that ISO 4217 does not have: the amount is as written, with as many digits as it was written with. */
export function unknownCurrency({ iso_currency_code: code }: CurrencyWire, path: string): UnknownValue | undefined {
  return code && currencyExponent(code) === undefined ? { path, value: code } : undefined;
}

/**
 * The amount that a JSON literal writes, exactly.
 * @throws ServiceError UPSTREAM_MALFORMED
 */
export function moneyOf(literal: string, wire: CurrencyWire): Money {
  const decimal = parseLiteral(literal);
  if (decimal === undefined) {
    throw new ServiceError("UPSTREAM_MALFORMED", `must be a number of at most ${MAX_DIGITS} digits`);
  }
  return exactMoney(decimal.units, decimal.scale, currencyOf(wire));
}
