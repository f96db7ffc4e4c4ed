import currencies from "currency-codes";

const EXPONENTS: ReadonlyMap<string, number> = new Map(currencies.data.map((entry) => [entry.code, entry.digits]));

/** Digits after the point of an ISO 4217 code (upper case); undefined for a code that is not in list one. */
export function currencyExponent(code: string): number | undefined {
  return EXPONENTS.get(code);
}
