import { ServiceError } from "../src/domain/error.ts";

/** An argument that is of the right type and still wrong: names the argument and what is expected of it. */
export function inputError(argument: string, expectation: string): ServiceError {
  return new ServiceError("INVALID_INPUT", `${argument} ${expectation}`);
}

/** Values that one list argument takes at most. */
export const MAX_LIST_VALUES = 100;

/**
 * Holds every list of an input object to its length.
 * @throws ServiceError INVALID_INPUT naming the field
 */
export function requireShortLists(argument: string, input: object): void {
  for (const [field, value] of Object.entries(input)) {
    if (Array.isArray(value) && value.length > MAX_LIST_VALUES) {
      throw inputError(`${argument}.${field}`, `takes ${MAX_LIST_VALUES} values at most, got ${value.length}`);
    }
  }
}
