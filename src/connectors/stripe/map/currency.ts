import { type Money, moneyFromUnits } from "../../../domain/money.ts";

/**
 * Currencies without decimals at Stripe. MGA is one of them although ISO 4217 gives it two digits. ISK and UGX are not,
 * although ISO gives them none.
 */
const ZERO_DECIMAL: ReadonlySet<string> = new Set(
  "BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF".split(" "),
);
const THREE_DECIMAL: ReadonlySet<string> = new Set("BHD JOD KWD OMR TND".split(" "));

/**
 * Returns the number of decimals in Stripe's integer amounts: 500 is 5.00 euro, 500 yen and 5 krónur. HUF and TWD have
 * two, even though only whole units can be paid out. Source: Stripe docs, "Supported currencies": zero-decimal,
 * three-decimal, special cases.
 */
export function stripeExponent(currency: string): number {
  const code = currency.toUpperCase();
  if (ZERO_DECIMAL.has(code)) return 0;
  return THREE_DECIMAL.has(code) ? 3 : 2;
}

/**
 * Converts Stripe's amount to the currency's ISO 4217 units.
 * @throws ServiceError UPSTREAM_MALFORMED when the currency is unknown or cannot express the amount
 */
export function stripeMoney(amount: bigint, currency: string): Money {
  return moneyFromUnits(amount, stripeExponent(currency), currency);
}
