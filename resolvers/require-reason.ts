import { requireText } from "./require-text.ts";

const MAX_CHARACTERS = 500;

/**
 * Returns the reason for a decision, without surrounding whitespace.
 * @param argument its name in the request: `reason`, `input.reason`
 * @throws ServiceError INVALID_INPUT naming the argument
 */
export function requireReason(argument: string, text: string): string {
  return requireText(argument, text, MAX_CHARACTERS);
}
