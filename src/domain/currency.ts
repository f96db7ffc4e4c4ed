import { CURRENT_CODES, HISTORIC_CODES } from "./iso-4217.generated.ts";

const MINOR_UNITS: ReadonlyMap<string, number | undefined> = new Map([
  ...HISTORIC_CODES.map(([code, _withdrawn, minorUnit]) => [code, minorUnit ?? undefined] as const),
  ...CURRENT_CODES.map(([code, minorUnit]) => [code, minorUnit ?? undefined] as const),
]);

/** True if ISO 4217 lists the code (upper case), now or in the past. */
export function isCurrencyCode(code: string): boolean {
  return MINOR_UNITS.has(code);
}

/**
 * Returns the number of digits after the decimal point for an ISO 4217 code (upper case). Undefined for a code that is
 * in neither list, and for a code without a minor unit: metals, units of account, and a few codes withdrawn before
 * lists with minor units were published as data.
 */
export function currencyExponent(code: string): number | undefined {
  return MINOR_UNITS.get(code);
}
