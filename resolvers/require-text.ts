import { inputError } from "./input-error.ts";

/**
 * Returns a text without surrounding whitespace.
 * @throws ServiceError INVALID_INPUT naming the argument
 */
export function requireText(argument: string, text: string, maxCharacters: number): string {
  const trimmed = text.trim();
  const { length } = trimmed;
  if (length < 1 || length > maxCharacters) {
    throw inputError(argument, `must have 1 to ${maxCharacters} characters, got ${length}`);
  }
  if (trimmed.includes("\0")) throw inputError(argument, "must not contain the character U+0000");
  return trimmed;
}
