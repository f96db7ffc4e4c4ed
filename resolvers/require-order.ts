import { inputError } from "./input-error.ts";

type Bound = string | null | undefined;

/**
 * Two days, the first not after the second; null and undefined are no bound.
 * @throws ServiceError INVALID_INPUT naming the argument
 */
export function requireOrder(firstName: string, first: Bound, lastName: string, last: Bound): void {
  if (typeof first === "string" && typeof last === "string" && first > last) throw wrongOrder(firstName, lastName);
}

/**
 * Two moments as the scalar DateTime gives them, the first before the second; null and undefined are no bound.
 * @throws ServiceError INVALID_INPUT naming the argument
 */
export function requireBefore(firstName: string, first: Bound, lastName: string, last: Bound): void {
  if (typeof first === "string" && typeof last === "string" && first >= last) {
    throw inputError(firstName, `must be before ${lastName}`);
  }
}

/**
 * Two decimals, the first not more than the second; null and undefined are no bound.
 * @throws ServiceError INVALID_INPUT naming the argument
 */
export function requireDecimalOrder(firstName: string, first: Bound, lastName: string, last: Bound): void {
  if (typeof first === "string" && typeof last === "string" && unitsOf(first) > unitsOf(last)) {
    throw wrongOrder(firstName, lastName);
  }
}

function wrongOrder(firstName: string, lastName: string) {
  return inputError(firstName, `must not be more than ${lastName}`);
}

/** Digits after the point that the scalar Decimal takes at most. */
const SCALE = 40;

/** A decimal as whole units of 10^-SCALE. */
function unitsOf(decimal: string): bigint {
  const [whole = "", fraction = ""] = decimal.split(".");
  return BigInt(whole + fraction.padEnd(SCALE, "0"));
}
