import pg from "pg";
import { parseDocument } from "./document.ts";

const { INT8, NUMERIC, DATE, TIMESTAMPTZ, JSONB } = pg.types.builtins;

/** Converts `2026-11-22 17:24:24.123+00`, PostgreSQL's format for a UTC session, to RFC 3339 with milliseconds. */
function timestampText(text: string): string {
  const { length } = text;
  // The usual form, without milliseconds or with three or six digits, and a year of four.
  if (length === 22 && isUsual(text, length)) return `${text.slice(0, 10)}T${text.slice(11, 19)}.000Z`;
  if (length >= 26 && isUsual(text, length)) return `${text.slice(0, 10)}T${text.slice(11, 23)}Z`;
  const match = /^(\d{4,}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d+))?\+00$/.exec(text);
  if (match === null) return text;
  return `${match[1]}T${match[2]}.${(match[3] ?? "").slice(0, 3).padEnd(3, "0")}Z`;
}

function isUsual(text: string, length: number): boolean {
  return text[4] === "-" && text[10] === " " && text.endsWith("+00", length);
}

const PARSERS: ReadonlyMap<number, (text: string) => unknown> = new Map<number, (text: string) => unknown>([
  [INT8, BigInt],
  [NUMERIC, (text) => (/^-?\d+$/.test(text) ? BigInt(text) : text)],
  [JSONB, parseDocument],
  [DATE, (text) => text],
  [TIMESTAMPTZ, timestampText],
]);

/**
 * Parsers: bigint for int8 and integral numerics, text for dates and times; no value passes through a float or a local
 * time zone.
 */
export const TYPE_PARSERS: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: string) {
    const own = format === "binary" ? undefined : PARSERS.get(oid);
    return own ?? pg.types.getTypeParser(oid, format === "binary" ? "binary" : "text");
  },
} as pg.CustomTypesConfig; // an implementation cannot express its declared overloads
