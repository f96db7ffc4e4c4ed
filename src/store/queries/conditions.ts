import type { Parameters } from "./parameters.ts";

/** Part of a WHERE clause that adds its values to the statement's parameters; undefined matches every row. */
export type Condition = (parameters: Parameters) => string | undefined;

/** Matches rows whose column has this value. Null and undefined set no condition. */
export function equals(column: string, value: string | null | undefined): Condition {
  return isOneOf(column, value === null || value === undefined ? undefined : [value]);
}

/**
 * Matches rows whose column has one of these values; an empty list matches no row. A list of one becomes an equality,
 * because only then can an index on the column return its rows in order.
 */
export function isOneOf(column: string, values: readonly string[] | null | undefined): Condition {
  return (parameters) => {
    if (values === null || values === undefined) return undefined;
    // PostgreSQL text cannot contain U+0000
    const possible = [...new Set(values)].filter((value) => !value.includes("\0"));
    if (possible.length === 1) return `${column} = ${parameters.add(possible[0])}`;
    return `${column} = any(${parameters.add(possible)}::text[])`;
  };
}

/** Matches a time at or after `from` and before `to`. */
export function isWithin(column: string, from: string | null | undefined, to: string | null | undefined): Condition {
  return (parameters) => {
    const parts: string[] = [];
    if (typeof from === "string") parts.push(`${column} >= ${parameters.add(from)}::timestamptz`);
    if (typeof to === "string") parts.push(`${column} < ${parameters.add(to)}::timestamptz`);
    return parts.length === 0 ? undefined : parts.join(" and ");
  };
}

/** Matches rows whose flag has this value. Null and undefined set no condition. */
export function isFlag(column: string, value: boolean | null | undefined): Condition {
  return typeof value === "boolean" ? literally(value ? column : `not ${column}`) : () => undefined;
}

/** Matches a period that has a day at or after `from`, and one before `to`: calendar dates. */
export function isWithinDays(
  { first, last }: { readonly first: string; readonly last: string },
  from: string | null | undefined,
  to: string | null | undefined,
): Condition {
  return (parameters) => {
    const parts: string[] = [];
    if (typeof from === "string") parts.push(`${last} >= ${parameters.add(from)}::date`);
    if (typeof to === "string") parts.push(`${first} < ${parameters.add(to)}::date`);
    return parts.length === 0 ? undefined : parts.join(" and ");
  };
}

/** A condition without values. */
export function literally(text: string): Condition {
  return () => text;
}
