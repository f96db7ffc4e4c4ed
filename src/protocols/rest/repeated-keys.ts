import { ExactNumber } from "./exact-number.ts";

/**
 * Placeholder in a parsed document for a value whose key occurs more than once in the same object: it is unknowable
 * which of the values was meant. A symbol, so that no schema accepts it as a value of any other type.
 */
export const REPEATED_KEY: unique symbol = Symbol("a repeated key");

/** Longest path that is included in an error message. */
const MAX_PATH_CHARS = 200;

/**
 * Counts the members of all objects in a value from `JSON.parse`: fewer than in the text if a key is repeated in an
 * object.
 */
export function countMembers(value: object): number {
  if (value instanceof ExactNumber) return 0;
  let count = 0;
  if (Array.isArray(value)) {
    for (const item of value as readonly unknown[]) {
      if (typeof item === "object" && item !== null) count += countMembers(item);
    }
    return count;
  }
  const members = value as Readonly<Record<string, unknown>>;
  for (const key in members) {
    count += 1;
    const member = members[key];
    if (typeof member === "object" && member !== null) count += countMembers(member);
  }
  return count;
}

/** Path of the first repeated key: `data.object.amount`; undefined when there is none. */
export function findRepeatedKey(text: string): string | undefined {
  for (const { frames } of repeatedKeys(text, undefined)) {
    return frames
      .map(({ at }) => String(at))
      .join(".")
      .slice(0, MAX_PATH_CHARS);
  }
  return undefined;
}

/** Replaces each value of `document`, which is the parsed `text`, that has a repeated key by `REPEATED_KEY`. */
export function markRepeatedKeys(text: string, document: unknown): void {
  for (const { frames } of repeatedKeys(text, document)) {
    const { node, at } = frames.at(-1) ?? {};
    // Defined, not assigned, because `__proto__` is an ordinary key here.
    if (isObject(node) && !Array.isArray(node) && at !== undefined && Object.hasOwn(node, at)) {
      Object.defineProperty(node, at, { value: REPEATED_KEY });
    }
  }
}

/** An array or object that is open at the current position in the text. */
interface Frame {
  /** Keys read so far; undefined for an array. */
  readonly keys: Set<string> | undefined;
  /** Key or index of the value at the current position. */
  at: string | number;
  /** The corresponding node of the document; of another type, or undefined, if a later value replaced this one. */
  readonly node: unknown;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const COMMA = 0x2c;
const OBJECT = 0x7b;
const END_OF_OBJECT = 0x7d;
const ARRAY = 0x5b;
const END_OF_ARRAY = 0x5d;

/** Yields each key that its object had before, with the frames down to it. `text` must be JSON. */
function* repeatedKeys(text: string, document: unknown): Generator<{ readonly frames: readonly Frame[] }, void> {
  const frames: Frame[] = [];
  let frame: Frame | undefined;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      const end = endOfString(text, at);
      if (frame?.keys !== undefined && text.charCodeAt(endOfSpace(text, end)) === COLON) {
        frame.at = JSON.parse(text.slice(at, end)) as string; // the literal of a string
        if (frame.keys.has(frame.at)) yield { frames };
        frame.keys.add(frame.at);
      }
      at = end - 1;
    } else if (code === OBJECT || code === ARRAY) {
      const node: unknown = frame === undefined ? document : memberOf(frame);
      frame = { keys: code === OBJECT ? new Set() : undefined, at: 0, node };
      frames.push(frame);
    } else if (code === END_OF_OBJECT || code === END_OF_ARRAY) {
      frames.pop();
      frame = frames.at(-1);
    } else if (code === COMMA && typeof frame?.at === "number") {
      frame.at += 1;
    }
  }
}

function memberOf({ node, at }: Frame): unknown {
  return isObject(node) && Object.hasOwn(node, at) ? Reflect.get(node, at) : undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** Returns the index after the closing quote of the string that opens at `start`. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  return at + 1;
}

function endOfSpace(text: string, start: number): number {
  let at = start;
  while (text.charCodeAt(at) <= 0x20) at += 1; // no other character below it is valid there
  return at;
}
