import { stringScalar } from "./string-scalar.ts";

/** The form of the store, which nearly all values have; year 0 is left to `parse`. */
const CANONICAL = /^(?!0000)\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;
const DAY = /^\d{4}-\d\d-\d\d$/;
const RFC_3339 = /^(\d{4}-\d\d-\d\d)[Tt](\d\d:\d\d:\d\d)(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)$/;

export const DateTime = stringScalar({
  name: "DateTime",
  expected: "text in RFC 3339, such as 2026-11-22T17:24:24Z or 2026-11-22, of the years 0001 to 9999 in UTC",
  // A day is its beginning, so that a range of days needs no times.
  parse: (text) => parse(DAY.test(text) ? `${text}T00:00:00Z` : text),
  show: (text) => (CANONICAL.test(text) && isKnownDate(text.slice(0, 10)) ? text : parse(text)),
});

function parse(text: string): string | undefined {
  const match = RFC_3339.exec(text);
  if (match === null || !isCalendarDate(match[1] ?? "")) return undefined;
  const at = new Date(text.toUpperCase());
  return isWritable(at) ? at.toISOString() : undefined;
}

/** Some years of days: the objects of one page share a few of them. */
const MAX_DATES = 4_000;
const dates = new Set<string>();

/** Like `isCalendarDate`, which it asks once for each date. */
function isKnownDate(text: string): boolean {
  if (dates.has(text)) return true;
  if (!isCalendarDate(text)) return false;
  if (dates.size >= MAX_DATES) dates.clear();
  dates.add(text);
  return true;
}

/**
 * Returns true if the year in UTC has four digits, which both RFC 3339 and PostgreSQL support: an offset can move it
 * out of this range.
 */
function isWritable(at: Date): boolean {
  return !Number.isNaN(at.getTime()) && at.getUTCFullYear() >= 1 && at.getUTCFullYear() <= 9_999;
}

/** Checked, because Date.parse reads 30 February as 2 March. */
export function isCalendarDate(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}
