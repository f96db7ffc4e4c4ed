/**
 * Characters that act instead of being shown: control characters, which a terminal obeys, line separators, and marks
 * that change the direction in which the text after them is shown.
 */
const ACTIVE = /[\p{Cc}\u{61c}\u{200e}\u{200f}\u{2028}-\u{202e}\u{2066}-\u{2069}\u{feff}]/gu;

/** Returns a text in which such characters are written as escapes: `\u202e`. */
export function inertText(text: string): string {
  return text.replace(ACTIVE, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
