import { ServiceError } from "../src/domain/error.ts";

/**
 * Creates the error for an argument that has the right type and an invalid value: it names the argument and what is
 * expected.
 */
export function inputError(argument: string, expectation: string): ServiceError {
  return new ServiceError("INVALID_INPUT", `${argument} ${expectation}`);
}

/** Maximum number of values in one list argument. */
export const MAX_LIST_VALUES = 100;

/** Maximum number of characters of one text argument, and of one value of a list: far more than any id or name has. */
export const MAX_TEXT_CHARACTERS = 1_000;

/**
 * Limits the length of every list and text in an input object, before anything is done with them: to normalise a long
 * text takes a second.
 * @throws ServiceError INVALID_INPUT naming the field
 */
export function requireShortValues(argument: string, input: object): void {
  for (const [field, value] of Object.entries(input)) {
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    if (values.length > MAX_LIST_VALUES) {
      throw inputError(`${argument}.${field}`, `must have at most ${MAX_LIST_VALUES} values, got ${values.length}`);
    }
    if (values.some((one) => typeof one === "string" && one.length > MAX_TEXT_CHARACTERS)) {
      throw inputError(`${argument}.${field}`, `must have at most ${MAX_TEXT_CHARACTERS} characters`);
    }
  }
}
