import type { MoneyMessage } from "./objects.ts";

/** Currencies that the merchant accepts, with the number of decimal places. Source: ISO 4217. */
export const CURRENCIES: readonly (readonly [currency: string, exponent: number])[] = [
  ["EUR", 2],
  ["USD", 2],
  ["JPY", 0],
  ["KWD", 3],
];

const EXPONENTS: ReadonlyMap<string, number> = new Map(CURRENCIES);
const NANO_DIGITS = 9;

/** Number of decimal places of a currency of the merchant. */
export function exponentOf(currency: string): number {
  return EXPONENTS.get(currency) ?? 2;
}

/** An amount in minor units as `google.type.Money`: whole units and billionths, both with its sign. */
export function moneyMessage(minor: bigint, currency: string): MoneyMessage {
  const exponent = exponentOf(currency);
  const scale = 10n ** BigInt(exponent);
  const nanos = Number((minor % scale) * 10n ** BigInt(NANO_DIGITS - exponent));
  return { currencyCode: currency, units: minor / scale, nanos };
}

/** The minor units of an amount that `moneyMessage` made. */
export function minorOfMoney({ currencyCode, units, nanos }: MoneyMessage): bigint {
  const exponent = exponentOf(currencyCode);
  return units * 10n ** BigInt(exponent) + BigInt(nanos) / 10n ** BigInt(NANO_DIGITS - exponent);
}
