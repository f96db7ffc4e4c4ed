import { inputError } from "./input-error.ts";

const MAX_KEY_LENGTH = 200;

/**
 * Returns the idempotency key of a request; undefined if it has none.
 * @throws ServiceError INVALID_INPUT
 */
export function validKey(key: string | null | undefined): string | undefined {
  if (key === null || key === undefined) return undefined;
  const length = key.length;
  if (length < 1 || length > MAX_KEY_LENGTH) {
    throw inputError("input.idempotencyKey", `must have 1 to ${MAX_KEY_LENGTH} characters, got ${length}`);
  }
  if (key.includes("\0")) throw inputError("input.idempotencyKey", "must not contain the character U+0000");
  return key;
}
