import { type Condition, isOneOf } from "../../store/queries/conditions.ts";
import type { Parameters } from "../../store/queries/parameters.ts";

/** Column, and the values that it may have; null and undefined set no condition. */
export interface ColumnValues {
  readonly column: string;
  /** Default: text. */
  readonly type?: "boolean";
  readonly values: readonly (string | boolean)[] | null | undefined;
}

/**
 * Columns that are, in this order, between the tenant and the time of an index (0014-filter-indexes.ts). If one of them
 * has values, all have.
 */
export type IndexedFilter = readonly ColumnValues[];

/** Filter of a column that has an index of its own. */
export function indexedBy(column: string, values: readonly string[] | string | null | undefined): IndexedFilter {
  return [{ column, values: typeof values === "string" ? [values] : values }];
}

/** Filter of a flag that has an index of its own. */
export function indexedByFlag(column: string, value: boolean | null | undefined): IndexedFilter {
  return [{ column, type: "boolean", values: typeof value === "boolean" ? [value] : undefined }];
}

/** Returns whether a filter sets a condition. */
export function isGiven(filter: IndexedFilter): boolean {
  return filter.some(({ values }) => values !== null && values !== undefined);
}

/** Returns the number of lists from which the filter's list is merged. */
export function combinations(filter: IndexedFilter): number {
  return filter.reduce((count, { values }) => count * new Set(values).size, 1);
}

/** Returns the conditions of a filter, for rows that are found in another way. */
export function conditionsOf(filter: IndexedFilter): readonly Condition[] {
  return filter.map(hasOneOf);
}

function hasOneOf({ column, type, values }: ColumnValues): Condition {
  if (type === undefined) return isOneOf(column, values as readonly string[] | null | undefined); // as its type says
  return (parameters) => {
    const possible = [...new Set(values)];
    if (possible.length === 1) return `${column} = ${parameters.add(possible[0])}::${type}`;
    return `${column} = any(${parameters.add(possible)}::${type}[])`;
  };
}

/** Returns FROM items with a row for each combination of values: `value_0.value`, `value_1.value`. */
export function valuesOf(filter: IndexedFilter, parameters: Parameters): string {
  return filter
    .map(({ type = "text", values }, n) => {
      const possible = [...new Set(values)].filter((value) => !String(value).includes("\0")); // as in `isOneOf`
      return `unnest(${parameters.add(possible)}::${type}[]) as value_${n} (value)`;
    })
    .join(" cross join ");
}
