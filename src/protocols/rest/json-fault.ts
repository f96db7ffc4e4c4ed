/**
 * Position at which a text stops being JSON, for an error message. V8 reports it too, but quotes a part of the text,
 * which may be personal data. Runs only on text that JSON.parse rejected, so it is written to be short, not fast.
 */
export interface JsonFault {
  /** Index of the first invalid character; the text's length when it ends too early. */
  readonly position: number;
  readonly truncated: boolean;
}

/**
 * The next expected token; the `orEnd` ones also accept the closing bracket of an array or object that has just opened.
 */
type Expected = "value" | "valueOrEnd" | "key" | "keyOrEnd" | "colon" | "comma";

const SPACE = /[ \t\r\n]*/y;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const CUT_OFF_ESCAPE = /^\\(?:u[0-9a-fA-F]{0,3})?$/;
const CUT_OFF = /^(?:t|tr|tru|f|fa|fal|fals|n|nu|nul|-|\.|[eE][+-]?)$/;

/** Finds the fault in `text`, which must not be JSON. */
export function findJsonFault(text: string): JsonFault {
  const open: ("[" | "{")[] = [];
  let expected: Expected = "value";
  let at = skip(SPACE, text, 0);
  while (at < text.length) {
    const next = step(text, at, expected, open);
    if (next === undefined) return { position: at, truncated: CUT_OFF.test(text.slice(at, at + 5)) };
    if (next.fault !== undefined) return next.fault;
    expected = next.expected;
    at = skip(SPACE, text, next.at);
  }
  return { position: text.length, truncated: true };
}

interface Step {
  readonly at: number;
  readonly expected: Expected;
  readonly fault?: JsonFault;
}

/** Reads one token; undefined if no expected token is at `at`. */
function step(text: string, at: number, expected: Expected, open: ("[" | "{")[]): Step | undefined {
  const char = text[at];
  const inside = open.at(-1);
  if (expected === "colon") return char === ":" ? { at: at + 1, expected: "value" } : undefined;
  if (expected === "comma" && char === "," && inside !== undefined) {
    return { at: at + 1, expected: inside === "{" ? "key" : "value" };
  }
  if ((char === "}" && inside === "{") || (char === "]" && inside === "[")) {
    if (expected !== "comma" && !expected.endsWith("OrEnd")) return undefined;
    open.pop();
    return { at: at + 1, expected: "comma" };
  }
  if (expected === "comma") return undefined;
  const isKey = expected === "key" || expected === "keyOrEnd";
  if (char === '"') return stepString(text, at, isKey ? "colon" : "comma");
  if (isKey) return undefined;
  if (char === "[" || char === "{") {
    open.push(char);
    return { at: at + 1, expected: char === "{" ? "keyOrEnd" : "valueOrEnd" };
  }
  const end = skip(SCALAR, text, at);
  return end === at ? undefined : { at: end, expected: "comma" };
}

function stepString(text: string, start: number, expected: Expected): Step {
  let at = start + 1;
  while (at < text.length) {
    if (text[at] === '"') return { at: at + 1, expected };
    const escaped = skip(ESCAPE, text, at);
    if (escaped === at && (text[at] === "\\" || text.charCodeAt(at) < 0x20)) {
      const truncated = CUT_OFF_ESCAPE.test(text.slice(at, at + 6));
      return { at, expected, fault: { position: truncated ? text.length : at, truncated } };
    }
    at = Math.max(escaped, at + 1);
  }
  return { at, expected, fault: { position: text.length, truncated: true } };
}

/** Returns the index after the match of a sticky pattern at `at`; `at` itself if it does not match. */
function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}
