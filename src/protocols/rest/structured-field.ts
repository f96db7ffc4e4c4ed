/** A value of a structured field. A token is a word without quotes; bytes are checked and not decoded. */
export type BareItem =
  | { readonly type: "string"; readonly value: string }
  | { readonly type: "token"; readonly value: string }
  | { readonly type: "integer"; readonly value: number }
  | { readonly type: "boolean"; readonly value: boolean }
  | { readonly type: "bytes"; readonly base64: string };

/** A value with its parameters. */
export interface Item {
  readonly value: BareItem;
  readonly parameters: ReadonlyMap<string, BareItem>;
}

interface Reader {
  /** What matches at the present place, which then lies behind it; undefined and no step where it does not match. */
  readonly take: (pattern: RegExp) => string | undefined;
  readonly ended: () => boolean;
}

const STRING = /"(?:[ !#-[\]-~]|\\["\\])*"/y;
const INTEGER = /-?\d{1,15}(?![\d.])/y; // a point behind it would make it a decimal, which no header of ours has
const TOKEN = /[A-Za-z*][\w:/!#$%&'*+.^`|~-]*/y;
const BOOLEAN = /\?[01]/y;
const BYTES = /:[A-Za-z0-9+/]*={0,2}:/y;
const KEY = /[a-z*][a-z0-9_.*-]*/y;

/**
 * The members of a structured field that is a list of items, in order; undefined for anything else, as a whole: a field
 * that is wrong in one place says nothing certain in the others. Inner lists, decimals, dates and display strings are
 * "anything else". Source: RFC 9651, section 4.2.
 */
export function parseItems(text: string): readonly Item[] | undefined {
  const reader = createReader(withoutOuterSpaces(text));
  const items: Item[] = [];
  while (!reader.ended()) {
    const item = takeItem(reader);
    if (item === undefined) return undefined;
    items.push(item);
    if (reader.ended()) return items;
    if (reader.take(/[ \t]*,[ \t]*/y) === undefined || reader.ended()) return undefined; // also a comma at the end
  }
  return items;
}

/** Step by step: a pattern for the spaces at the end tries all that stand in the middle too, each to its end, in quadratic time. */
function withoutOuterSpaces(text: string): string {
  let [start, end] = [0, text.length];
  while (text[start] === " ") start += 1;
  while (end > start && text[end - 1] === " ") end -= 1;
  return text.slice(start, end);
}

function createReader(text: string): Reader {
  let at = 0;
  return {
    take: (pattern) => {
      pattern.lastIndex = at; // sticky: matches here or not at all
      const found = pattern.exec(text)?.[0];
      at += found?.length ?? 0;
      return found;
    },
    ended: () => at >= text.length,
  };
}

function takeItem(reader: Reader): Item | undefined {
  const value = takeValue(reader);
  if (value === undefined) return undefined;
  const parameters = new Map<string, BareItem>();
  while (reader.take(/; */y) !== undefined) {
    const key = reader.take(KEY);
    const given: BareItem | undefined =
      reader.take(/=/y) === undefined ? { type: "boolean", value: true } : takeValue(reader);
    if (key === undefined || given === undefined) return undefined;
    parameters.set(key, given); // a key given twice: the last counts, section 4.2.3.2
  }
  return { value, parameters };
}

function takeValue(reader: Reader): BareItem | undefined {
  const string = reader.take(STRING);
  if (string !== undefined) return { type: "string", value: string.slice(1, -1).replace(/\\(.)/g, "$1") };
  const integer = reader.take(INTEGER);
  if (integer !== undefined) return { type: "integer", value: Number(integer) };
  const token = reader.take(TOKEN);
  if (token !== undefined) return { type: "token", value: token };
  const boolean = reader.take(BOOLEAN);
  if (boolean !== undefined) return { type: "boolean", value: boolean === "?1" };
  const bytes = reader.take(BYTES);
  return bytes === undefined ? undefined : { type: "bytes", base64: bytes.slice(1, -1) };
}
