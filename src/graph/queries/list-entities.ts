import { entityId, type EntityType } from "../../domain/ids.ts";
import type { Transaction } from "../../store/database.ts";
import { ENTITY_TABLES } from "../../store/entities/tables.ts";
import { type Condition, isOneOf, isWithin, literally } from "../../store/queries/conditions.ts";
import { findAliases } from "../../store/queries/find-aliases.ts";
import type { EntityRows } from "../../store/queries/rows.ts";
import { entityColumns } from "../../store/queries/select-list.ts";
import { countList } from "./count-list.ts";
import { type ColumnValues, conditionsOf, type IndexedFilter, indexedBy, isGiven } from "./indexed-filter.ts";
import { isByTime, type ListedType, listOrder, NEWEST_FIRST } from "./list-orders.ts";
import { listPage, type ListQuery } from "./list-page.ts";
import type { ListCount, ListOrder, PageRequest, Positioned } from "./page.ts";
import { findFew, hasAtMost, isMatchOf, type Search } from "./searches.ts";

/** Conditions that every list of synced objects accepts; null and undefined set no condition. */
export interface EntityFilter {
  readonly sourceIds?: readonly string[] | null | undefined;
  readonly externalId?: string | null | undefined;
  /** RFC 3339, inclusive. */
  readonly createdFrom?: string | null | undefined;
  /** RFC 3339, exclusive. */
  readonly createdTo?: string | null | undefined;
  readonly includeDeleted?: boolean | null | undefined;
  /** Global ids; not in the SDL. */
  readonly ids?: readonly string[] | undefined;
}

/** Conditions on a kind's own columns. */
export interface OwnConditions {
  /** Those that have indexes in the order of time; of two, the more selective one first. */
  readonly indexed: readonly IndexedFilter[];
  /** Those that have indexes of another order; undefined items are not given. Default: none. */
  readonly searches?: readonly (Search | undefined)[];
  /** Those without an index. Default: none. */
  readonly checks?: readonly Condition[];
  /** True if `checks` select few rows. */
  readonly isShort?: boolean;
}

/** A list of one kind of synced object. */
export interface EntityList<Type extends ListedType, Filter> {
  readonly type: Type;
  /** Returns the conditions of a filter on the kind's own columns. */
  conditions(tx: Pick<Transaction, "tenantId">, filter: Filter): OwnConditions;
}

/** Up to this number of matches of a search are looked up one by one and sorted. */
const FEW = 1_000;
/**
 * The same for a list in another order than that of time, which has no index with the filter: read in its order, it may
 * have all of its matches at its end.
 */
const FEW_IN_OTHER_ORDER = 25_000;

/** Rows in which a page of a list in another order is tried to be found, before the matches are looked up. */
const EXAMINED = 2_000;

/** A page of one kind of synced object. */
export async function listEntities<Type extends ListedType, Filter extends EntityFilter>(
  tx: Transaction,
  list: EntityList<Type, Filter>,
  filter: Filter,
  page: PageRequest,
): Promise<(EntityRows[Type] & Positioned)[]> {
  const order = listOrder(list.type, page.order);
  const requested = await requestedBy(tx, list, filter, order);
  const { table } = ENTITY_TABLES[list.type];
  const key = isByTime(order) ? "" : `, ${table}.${order.column}::text as "orderKey"`;
  const read = { select: `${entityColumns(list.type, table, page.columns)}${key}`, page };
  if (!isByTime(order) && requested.query.isShort !== true) {
    // Most filters match often enough for a page to be found at once.
    const rows = await listPage<EntityRows[Type] & Positioned>(tx, {
      ...inItsOrder(requested),
      ...read,
      examined: EXAMINED,
    });
    if (rows.length >= page.limit) return rows;
  }
  return listPage(tx, { ...(await chosen(tx, requested)), ...read });
}

/** Counts one kind of synced object. */
export async function countEntities<Type extends ListedType, Filter extends EntityFilter>(
  tx: Transaction,
  list: EntityList<Type, Filter>,
  filter: Filter,
): Promise<ListCount> {
  return countList(tx, await selection(tx, list, filter));
}

/** What a list is read from: all of a query but the page. */
export type Selection = Omit<ListQuery, "select" | "page">;

/** Chooses how the objects that match a filter are found; counts the matches of conditions whose rarity is unknown. */
export async function selection<Type extends ListedType, Filter extends EntityFilter>(
  tx: Transaction,
  list: EntityList<Type, Filter>,
  filter: Filter,
  order: ListOrder = NEWEST_FIRST,
): Promise<Selection> {
  return chosen(tx, await requestedBy(tx, list, filter, order));
}

/** What a filter selects, before it is decided how it is found. */
interface Requested {
  readonly query: Selection;
  readonly searches: readonly Search[];
  readonly part: Omit<TimeOrdered, "table">;
}

async function requestedBy<Type extends ListedType, Filter extends EntityFilter>(
  tx: Transaction,
  list: EntityList<Type, Filter>,
  filter: Filter,
  order: ListOrder,
): Promise<Requested> {
  const { type } = list;
  const { table } = ENTITY_TABLES[type];
  const own = list.conditions(tx, filter);
  const ids = await idsOf(tx, type, filter);
  const indexed = [...own.indexed, indexedBy("source_id", filter.sourceIds)];
  const within = isWithin(`${table}.ordered_at`, filter.createdFrom, filter.createdTo);
  const searches = (own.searches ?? []).filter((search) => search !== undefined);
  const query: Selection = {
    table,
    order,
    indexed,
    isByTime: isByTime(order),
    hasCostlyChecks: searches.some(({ isOfWords }) => isOfWords === true),
    driving: [CONTENT, within],
    conditions: [
      ...checksOf(table, filter),
      isOneOf(`${table}.id`, ids),
      within,
      ...searches.map(({ check }) => check),
      ...(own.checks ?? []),
    ],
  };
  const isShort = own.isShort === true || ids !== undefined;
  return { query: isShort ? { ...query, isShort } : query, searches, part: { indexed, within, filter } };
}

async function chosen(tx: Transaction, requested: Requested): Promise<Selection> {
  const { query, searches, part } = requested;
  if (query.isShort === true) return query;
  const few = await fewOf(tx, query, searches, part);
  if (few !== undefined) return { ...query, ...few, isShort: true };
  return isByTime(query.order) ? query : inItsOrder(requested);
}

/** Reads the list in its order, and checks each row. */
function inItsOrder({ query, part: { indexed } }: Requested): Selection {
  const checked = indexed.filter(isGiven).flatMap((filter) => conditionsOf(filter.map(withoutIndex)));
  return { ...query, indexed: [], conditions: [...query.conditions, ...checked] };
}

/** How the matches of a search are looked up, if one has few; undefined if all have many. */
async function fewOf(
  tx: Transaction,
  { table, order, conditions }: Selection,
  searches: readonly Search[],
  part: Omit<TimeOrdered, "table">,
): Promise<Pick<Selection, "conditions" | "subset"> | undefined> {
  if (isByTime(order)) {
    for (const search of searches) {
      const few = await findFew(tx, table, search, FEW);
      if (few !== undefined) return { conditions: [...conditions, isOneOf(`${table}.id`, few)] };
    }
    return undefined;
  }
  const others = searches.filter(({ column }) => column !== order.column);
  for (const search of [...others, ...searchesOf({ table, ...part })]) {
    if (!(await hasAtMost(tx, table, search, FEW_IN_OTHER_ORDER))) continue;
    if (search.rows !== undefined) return { conditions, subset: search.rows };
    return { conditions: [...conditions, isMatchOf(table, search)] };
  }
  return undefined;
}

/** The planner would otherwise sort all matches, however many, instead of reading the list in its order. */
function withoutIndex(values: ColumnValues): ColumnValues {
  return { ...values, column: `coalesce(${values.column}, ${values.column})` };
}

/** The conditions of a filter as checks of each row, for rows that are found in another way. */
export async function checksOfFilter<Type extends ListedType, Filter extends EntityFilter>(
  tx: Transaction,
  list: EntityList<Type, Filter>,
  filter: Filter,
): Promise<readonly Condition[]> {
  const { type } = list;
  const { table } = ENTITY_TABLES[type];
  const { indexed, searches = [], checks = [] } = list.conditions(tx, filter);
  return [
    ...checksOf(table, filter),
    isOneOf(`${table}.id`, await idsOf(tx, type, filter)),
    isWithin(`${table}.ordered_at`, filter.createdFrom, filter.createdTo),
    ...[...indexed, indexedBy("source_id", filter.sourceIds)].filter(isGiven).flatMap((one) => conditionsOf(one)),
    ...searches.flatMap((search) => search?.check ?? []),
    ...checks,
  ];
}

/** Conditions that every list has. */
export function checksOf(table: string, { includeDeleted }: EntityFilter): readonly Condition[] {
  const exists = literally(`${table}.content_hash is not null`);
  return includeDeleted === true ? [exists] : [exists, literally(`${table}.deleted_at is null`)];
}

interface TimeOrdered {
  readonly table: string;
  readonly indexed: readonly IndexedFilter[];
  readonly within: Condition;
  readonly filter: EntityFilter;
}

/** The conditions whose indexes have the order of time, as searches of a list in another order. */
function searchesOf({ table, indexed, within, filter }: TimeOrdered): readonly Search[] {
  const given = indexed.filter(isGiven);
  const hasTimes = typeof (filter.createdFrom ?? filter.createdTo) === "string";
  const filters = given.map((one) => ({ filters: [one], conditions: [within] }));
  const times = hasTimes && given.length === 0 ? [{ filters: [], conditions: [CONTENT, within] }] : [];
  return [...filters, ...times].map((part) => ({
    rows: [...part.conditions, ...part.filters.flatMap((one) => conditionsOf(one))],
    ids: (parameters) => {
      const where = [...part.conditions, ...part.filters.flatMap((one) => conditionsOf(one))];
      const direction = part.filters.length > 0 ? "desc" : "desc nulls last";
      return `select id from ${table} where ${where.flatMap((one) => one(parameters) ?? []).join(" and ")}
        order by ${table}.ordered_at ${direction}, ${table}.id ${direction}`;
    },
    check: literally("true"),
  }));
}

const CONTENT = literally("content_hash is not null");

/**
 * An external id needs no index: each source and the id together give the object's global id, which may be an alias of
 * an object that has had several ids.
 */
async function idsOf(tx: Transaction, type: EntityType, filter: EntityFilter): Promise<readonly string[] | undefined> {
  const { externalId } = filter;
  if (externalId === null || externalId === undefined) return filter.ids;
  const sourceIds = filter.sourceIds ?? (await tx.query<{ id: string }>("select id from sources")).map(({ id }) => id);
  const ids = sourceIds.map((sourceId) => entityId(tx.tenantId, sourceId, type, externalId));
  const roots = new Map((await findAliases(tx, ids)).map(({ id, rootId }) => [id, rootId]));
  return ids.map((id) => roots.get(id) ?? id);
}
