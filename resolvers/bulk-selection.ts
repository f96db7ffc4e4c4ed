import { inputError } from "./input-error.ts";

/**
 * Requires a condition in the filter of a bulk operation: omitting a field must never select everything.
 * @throws ServiceError INVALID_INPUT
 */
export function requireCondition(filter: object): void {
  const isEmpty = Object.values(filter).every((condition) => condition === null || condition === undefined);
  if (isEmpty) throw inputError("input.filter", "must have at least one condition");
}

/** @throws ServiceError INVALID_INPUT */
export function requireLimit(limit: number, most: number): number {
  if (limit < 1 || limit > most) throw inputError("input.limit", `must be between 1 and ${most}, got ${limit}`);
  return limit;
}
