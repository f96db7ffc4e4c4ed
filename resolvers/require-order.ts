import { inputError } from "./input-error.ts";

type Bound = string | null | undefined;

/**
 * Checks that the first of two times or days, in the form of its scalar, is before the second; null and undefined are
 * no bound.
 * @throws ServiceError INVALID_INPUT naming the argument
 */
export function requireBefore(firstName: string, first: Bound, lastName: string, last: Bound): void {
  if (typeof first === "string" && typeof last === "string" && first >= last) {
    throw inputError(firstName, `must be before ${lastName}`);
  }
}

/**
 * Checks that the first of two decimals is not greater than the second; null and undefined are no bound.
 * @throws ServiceError INVALID_INPUT naming the argument
 */
export function requireDecimalOrder(firstName: string, first: Bound, lastName: string, last: Bound): void {
  if (typeof first === "string" && typeof last === "string" && unitsOf(first) > unitsOf(last)) {
    throw inputError(firstName, `must not be more than ${lastName}`);
  }
}

/** Maximum number of digits after the decimal point in the scalar Decimal. */
const SCALE = 40;

/** Converts a decimal to whole units of 10^-SCALE. */
function unitsOf(decimal: string): bigint {
  const [whole = "", fraction = ""] = decimal.split(".");
  return BigInt(whole + fraction.padEnd(SCALE, "0"));
}
