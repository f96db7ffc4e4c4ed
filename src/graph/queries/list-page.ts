import type { QueryResultRow } from "pg";
import type { Transaction } from "../../store/database.ts";
import { type Condition, isOneOf } from "../../store/queries/conditions.ts";
import type { ListPosition, PageRequest } from "./page.ts";
import { createParameters, type Parameters } from "../../store/queries/parameters.ts";

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

export interface ListQuery {
  readonly table: string;
  /** Select list; must name the key columns as `Positioned` does. */
  readonly select: string;
  /** Time column by which the list is ordered, newest first; the id orders equal times. */
  readonly orderBy: string;
  /** Conditions that are checked on each row, or that select few rows by their ids. */
  readonly conditions: readonly Condition[];
  /** True if the conditions select few rows, which are looked up and sorted. */
  readonly isShort?: boolean;
  /** True if an index contains only the rows that meet the conditions. */
  readonly hasPartialIndex?: boolean;
  /** Conditions with indexes; if both are given in several values, the first is read by its index. */
  readonly indexed: readonly IndexedFilter[];
  readonly page: PageRequest;
}

/**
 * Reads one page by keyset: its cost does not depend on its position in the list, and rows inserted or deleted before
 * it do not shift it. With a filter it reads at most a page of each of its values, however rare they are: a list of
 * several values is merged from a list of each.
 */
export function listPage<Row extends QueryResultRow>(tx: Transaction, query: ListQuery): Promise<Row[]> {
  const { table, orderBy, hasPartialIndex = false } = query;
  const isFiltered = hasPartialIndex || query.indexed.some(isGiven);
  // The indexes of the filters have this order, and only the index of the whole list has the other.
  const direction = isFiltered ? "desc" : "desc nulls last";
  return readPage(tx, query, {
    order: `order by ${table}.${orderBy} ${direction}, ${table}.id ${direction}`,
    isAfter: ({ at, id }, { add }) => `(${table}.${orderBy}, ${table}.id) < (${add(at)}::timestamptz, ${add(id)})`,
  });
}

/** Like `listPage`, for a list that is ordered by its ids. */
export function listByName<Row extends QueryResultRow>(
  tx: Transaction,
  query: Omit<ListQuery, "orderBy" | "hasPartialIndex">,
): Promise<Row[]> {
  const { table } = query;
  return readPage(tx, query, {
    order: `order by ${table}.id`,
    isAfter: ({ id }, { add }) => `${table}.id > ${add(id)}`,
  });
}

interface PageOrder {
  readonly order: string;
  /** Returns the SQL condition that a row comes after a position. */
  readonly isAfter: (position: ListPosition, parameters: Parameters) => string;
}

async function readPage<Row extends QueryResultRow>(
  tx: Transaction,
  query: Omit<ListQuery, "orderBy" | "hasPartialIndex">,
  { order: orderBy, isAfter }: PageOrder,
): Promise<Row[]> {
  const filters = query.indexed.filter(isGiven);
  if (filters.some((filter) => combinations(filter) === 0)) return [];
  const { table, page } = query;
  const parameters = createParameters();
  const merged = query.isShort === true ? undefined : mergedFilter(filters);
  const where = [
    ...query.conditions,
    ...filters.filter((filter) => filter !== merged).flatMap((filter) => filter.map(hasOneOf)),
  ].flatMap((condition) => condition(parameters) ?? []);
  if (page.after !== undefined) where.push(isAfter(page.after, parameters));
  const order = `${orderBy} limit ${parameters.add(page.limit)}`;
  if (merged === undefined) {
    return tx.query<Row>(`select ${query.select} from ${table} ${whereAll(where)} ${order}`, parameters.values);
  }
  const own = merged.map(({ column }, n) => `${column} = value_${n}.value`);
  const text = `select ${query.select} from ${valuesOf(merged, parameters)} cross join lateral (
      select * from ${table} ${whereAll([...own, ...where])} ${order}
    ) as ${table} ${order}`;
  return tx.query<Row>(text, parameters.values);
}

function isGiven(filter: IndexedFilter): boolean {
  return filter.some(({ values }) => values !== null && values !== undefined);
}

/** Number of lists from which the filter's list is merged. */
function combinations(filter: IndexedFilter): number {
  return filter.reduce((count, { values }) => count * new Set(values).size, 1);
}

/** The filter whose values are read one by one: none if a filter has one value, whose index has the list's order. */
function mergedFilter(filters: readonly IndexedFilter[]): IndexedFilter | undefined {
  return filters.some((filter) => combinations(filter) === 1) ? undefined : filters[0];
}

function hasOneOf({ column, type, values }: ColumnValues): Condition {
  if (type === undefined) return isOneOf(column, values as readonly string[] | null | undefined); // as its type says
  return (parameters) => {
    const possible = [...new Set(values)];
    if (possible.length === 1) return `${column} = ${parameters.add(possible[0])}::${type}`;
    return `${column} = any(${parameters.add(possible)}::${type}[])`;
  };
}

function valuesOf(filter: IndexedFilter, parameters: Parameters): string {
  return filter
    .map(({ type = "text", values }, n) => {
      const possible = [...new Set(values)].filter((value) => !String(value).includes("\0")); // as in `isOneOf`
      return `unnest(${parameters.add(possible)}::${type}[]) as value_${n} (value)`;
    })
    .join(" cross join ");
}

function whereAll(conditions: readonly string[]): string {
  return conditions.length === 0 ? "" : `where ${conditions.join(" and ")}`;
}
