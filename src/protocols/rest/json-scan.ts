/** Properties of a JSON text that are found before it is parsed. They do not show if the text is valid JSON. */
export interface JsonScan {
  /** Deepest nesting of arrays and objects; the scan stops once it exceeds its limit. */
  readonly depth: number;
  /**
   * True if a number outside strings may not be exactly representable as a double: it has a fraction, an exponent or 16
   * digits or more.
   */
  readonly hasExactNumber: boolean;
  /** Colons outside strings: in JSON, the members of all objects, including those with a repeated key. */
  readonly members: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Scans the text in one pass without allocation. JSON.parse alone does none of it: it rounds numbers silently, takes
 * the last of two members with one key, and builds a structure of any depth, on which the first recursive function
 * after it overflows the stack.
 */
export function scanJson(text: string, maxDepth: number): JsonScan {
  let depth = 0;
  let deepest = 0;
  let digits = 0;
  let hasExactNumber = false;
  let members = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfString(text, at);
      digits = 0;
    } else if (code >= 0x30 && code <= 0x39) {
      digits++;
      if (digits === 16) hasExactNumber = true; // 2^53 - 1 is the first of the 16-digit numbers that is unsafe to exceed
    } else {
      if (digits > 0 && (code === 0x2e || code === 0x45 || code === 0x65)) hasExactNumber = true; // . E e
      digits = 0;
      if (code === 0x3a) members++;
      else if (code === 0x5b || code === 0x7b) {
        depth++;
        if (depth > deepest) deepest = depth;
        if (depth > maxDepth) break;
      } else if (code === 0x5d || code === 0x7d) depth--;
    }
  }
  return { depth: deepest, hasExactNumber, members };
}

/**
 * Returns the index of the closing quote of the string that opens at `start`, or the text's length if it is never
 * closed.
 */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at;
    at += code === BACKSLASH ? 2 : 1;
  }
  return at;
}
