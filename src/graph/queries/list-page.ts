import type { QueryResultRow } from "pg";
import type { Transaction } from "../../store/database.ts";
import type { Condition } from "../../store/queries/conditions.ts";
import { createParameters, type Parameters } from "../../store/queries/parameters.ts";
import { combinations, conditionsOf, type IndexedFilter, isGiven, valuesOf } from "./indexed-filter.ts";
import { inListOrder, type ListOrder, type ListPosition, type PageRequest, readsAscending } from "./page.ts";

export interface ListQuery {
  readonly table: string;
  /** Select list; must name the key columns as `Positioned` does. */
  readonly select: string;
  readonly order: ListOrder;
  /** Conditions that are checked on each row, or that select few rows by their ids. */
  readonly conditions: readonly Condition[];
  /** Those of `conditions` that an index of the list contains: for `countList`. Default: none. */
  readonly driving?: readonly Condition[];
  /** Conditions by which rows are looked up before anything else is checked, whatever the planner expects. */
  readonly subset?: readonly Condition[];
  /** True if the conditions select few rows, which are looked up and sorted. */
  readonly isShort?: boolean;
  /** True if the check of a row is a search of its own: `countList` then checks fewer rows. */
  readonly hasCostlyChecks?: boolean;
  /** True if an index contains only the rows that meet the conditions. */
  readonly hasPartialIndex?: boolean;
  /** Conditions with indexes in the order of time; if both are given in several values, the first is read by its index. */
  readonly indexed: readonly IndexedFilter[];
  /** True if the list has no order but that of time. Default: true. */
  readonly isByTime?: boolean;
  readonly page: PageRequest;
  /** Greatest number of rows that are checked, in the order of the list. Default: as many as it takes. */
  readonly examined?: number;
}

/**
 * Reads one page by keyset: its cost does not depend on its position in the list, and rows inserted or deleted before
 * it do not shift it. With a filter it reads at most a page of each of its values, however rare they are: a list of
 * several values is merged from a list of each.
 */
export async function listPage<Row extends QueryResultRow>(tx: Transaction, query: ListQuery): Promise<Row[]> {
  const parameters = createParameters();
  const text = pageStatement(query, parameters);
  if (text === undefined) return [];
  return inListOrder(await tx.query<Row>(text, parameters.values), query.page);
}

/** Returns the statement that reads a page, in the direction of its index; undefined if nothing can match. */
export function pageStatement(query: ListQuery, parameters: Parameters): string | undefined {
  const { table, order, page } = query;
  const { column, type } = order;
  const at = (position: ListPosition): string =>
    `(${parameters.add(position.at)}::${type}, ${parameters.add(position.id)})`;
  return statementOf(query, parameters, {
    order: orderBy(query),
    bounds: boundsOf(page, order.isAscending).map(
      ([operator, position]) => `(${table}.${column}, ${table}.id) ${operator} ${at(position)}`,
    ),
  });
}

/** The indexes of the filters have this order, and only the index of the whole list has the other. */
function orderBy(query: ListQuery): string {
  const { table, order, page, hasPartialIndex = false, isByTime = true } = query;
  const isFiltered = hasPartialIndex || !isByTime || query.indexed.some(isGiven);
  const direction = readsAscending(order, page)
    ? `asc${isFiltered ? "" : " nulls first"}`
    : `desc${isFiltered ? "" : " nulls last"}`;
  return `order by ${table}.${order.column} ${direction}, ${table}.id ${direction}`;
}

/** Like `listPage`, for a list that is ordered by its ids, from A to Z. */
export async function listByName<Row extends QueryResultRow>(
  tx: Transaction,
  query: Omit<ListQuery, "order" | "hasPartialIndex">,
): Promise<Row[]> {
  const parameters = createParameters();
  const { table, page } = query;
  const direction = readsAscending({ isAscending: true }, page) ? "asc" : "desc";
  const text = statementOf(query, parameters, {
    order: `order by ${table}.id ${direction}`,
    bounds: boundsOf(page, true).map(([operator, { id }]) => `${table}.id ${operator} ${parameters.add(id)}`),
  });
  return text === undefined ? [] : inListOrder(await tx.query<Row>(text, parameters.values), page);
}

/** Comparisons with the positions between which a page is. */
export function boundsOf({ after, before }: PageRequest, isAscending: boolean): (readonly [string, ListPosition])[] {
  const [later, earlier] = isAscending ? [">", "<"] : ["<", ">"];
  return [
    ...(after === undefined ? [] : ([[later, after]] as const)),
    ...(before === undefined ? [] : ([[earlier, before]] as const)),
  ];
}

interface PagePart {
  readonly order: string;
  /** SQL conditions that a row is between the positions of the request. */
  readonly bounds: readonly string[];
}

function statementOf(
  query: Omit<ListQuery, "order" | "hasPartialIndex">,
  parameters: Parameters,
  part: PagePart,
): string | undefined {
  const filters = query.indexed.filter(isGiven);
  if (filters.some((filter) => combinations(filter) === 0)) return undefined;
  const { table, page, isByTime = true } = query;
  const merged = query.isShort === true || !isByTime ? undefined : mergedFilter(filters);
  const where = [
    ...query.conditions,
    ...filters.filter((filter) => filter !== merged).flatMap((filter) => conditionsOf(filter)),
  ].flatMap((condition) => condition(parameters) ?? []);
  const order = `${part.order} limit ${parameters.add(page.limit)}`;
  if (query.examined !== undefined && merged === undefined) {
    const first = whereAll(["content_hash is not null", ...part.bounds]);
    return `select ${query.select} from (
        select * from ${table} ${first} ${part.order} limit ${parameters.add(query.examined)}
      ) as ${table} ${whereAll(where)} ${order}`;
  }
  where.push(...part.bounds);
  if (query.subset !== undefined) {
    const looked = whereAll(["content_hash is not null", ...query.subset.flatMap((one) => one(parameters) ?? [])]);
    return `select ${query.select} from (select * from ${table} ${looked} offset 0) as ${table} ${whereAll(where)} ${order}`;
  }
  if (merged === undefined) return `select ${query.select} from ${table} ${whereAll(where)} ${order}`;
  const own = merged.map(({ column }, n) => `${column} = value_${n}.value`);
  return `select ${query.select} from ${valuesOf(merged, parameters)} cross join lateral (
      select * from ${table} ${whereAll([...own, ...where])} ${order}
    ) as ${table} ${order}`;
}

/** The filter whose values are read one by one: none if a filter has one value, whose index has the list's order. */
function mergedFilter(filters: readonly IndexedFilter[]): IndexedFilter | undefined {
  return filters.some((filter) => combinations(filter) === 1) ? undefined : filters[0];
}

/** Returns a WHERE clause; empty without conditions. */
export function whereAll(conditions: readonly string[]): string {
  return conditions.length === 0 ? "" : `where ${conditions.join(" and ")}`;
}
