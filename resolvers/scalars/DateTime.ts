import { stringScalar } from "./string-scalar.ts";

const RFC_3339 = /^(\d{4}-\d\d-\d\d)[Tt](\d\d:\d\d:\d\d)(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)$/;

export const DateTime = stringScalar({
  name: "DateTime",
  expected: "text in RFC 3339, such as 2026-11-22T17:24:24Z, of the years 0001 to 9999 in UTC",
  parse(text) {
    const match = RFC_3339.exec(text);
    if (match === null || !isCalendarDate(match[1] ?? "")) return undefined;
    const at = new Date(text.toUpperCase());
    return isWritable(at) ? at.toISOString() : undefined;
  },
});

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
