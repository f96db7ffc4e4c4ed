import { currencyExponent } from "../../../domain/currency.ts";
import { type Money, moneyFromUnits } from "../../../domain/money.ts";
import type { Reference } from "../../../domain/values.ts";
import type { MoneyWire } from "../wire/primitives.ts";

const NANO_DIGITS = 9;

/**
 * Converts an amount in minor units.
 * @throws ServiceError UPSTREAM_MALFORMED when the currency is unknown or 64 bits are exceeded
 */
export function minorMoney(amount: bigint, currency: string): Money {
  return moneyFromUnits(amount, currencyExponent(currency.toUpperCase()) ?? 0, currency);
}

/**
 * Converts a `google.type.Money`.
 * @throws ServiceError UPSTREAM_MALFORMED when the currency is unknown or cannot express the amount, or 64 bits are
 * exceeded
 */
export function exactMoneyOf({ units, nanos, currency_code: currency }: MoneyWire): Money {
  return moneyFromUnits(units * 10n ** BigInt(NANO_DIGITS) + BigInt(nanos), NANO_DIGITS, currency);
}

/** Returns the `card-processor.` fields: values that only this processor has. Absent ones are omitted. */
export function extensionsOf(
  extras: Readonly<Record<string, string | bigint | number | undefined>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(extras).flatMap(([key, value]) =>
      value === undefined ? [] : [[`card-processor.${key}`, String(value)] as const],
    ),
  );
}

/** Returns references by scheme; absent ones are omitted. */
export function referencesOf(values: Readonly<Record<string, string | undefined>>): readonly Reference[] {
  return Object.entries(values).flatMap(([scheme, value]) => (value === undefined ? [] : [{ scheme, value }]));
}
