import { inputError } from "./input-error.ts";

const MAX_CHARACTERS = 500;

/**
 * Returns the reason for a decision, without surrounding whitespace.
 * @param argument its name in the request: `reason`, `input.reason`
 * @throws ServiceError INVALID_INPUT naming the argument
 */
export function requireReason(argument: string, text: string): string {
  const reason = text.trim();
  const { length } = reason;
  if (length < 1 || length > MAX_CHARACTERS) {
    throw inputError(argument, `must have 1 to ${MAX_CHARACTERS} characters, got ${length}`);
  }
  if (reason.includes("\0")) throw inputError(argument, "must not contain the character U+0000");
  return reason;
}
