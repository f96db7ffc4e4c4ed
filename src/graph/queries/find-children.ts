import type { EntityType } from "../../domain/ids.ts";
import type { Transaction } from "../../store/database.ts";
import { ENTITY_TABLES } from "../../store/entities/tables.ts";
import { type Condition, literally } from "../../store/queries/conditions.ts";
import { createParameters, type Parameters } from "../../store/queries/parameters.ts";
import type { ReadColumns } from "../../store/queries/read-columns.ts";
import type { EntityRows } from "../../store/queries/rows.ts";
import { entityColumns } from "../../store/queries/select-list.ts";
import type { ChildList } from "./child-lists.ts";
import { ENTITY_LISTS } from "./entity-lists.ts";
import { checksOf, checksOfFilter, type EntityFilter, type EntityList } from "./list-entities.ts";
import { isByTime, type ListedType, listOrder, NEWEST_FIRST } from "./list-orders.ts";
import { whereAll } from "./list-page.ts";
import { type ListCount, type ListOrder, type PageRequest, type Positioned, readsAscending } from "./page.ts";

/** Part of one parent's children to read. */
export interface ChildPage extends PageRequest {
  readonly parentId: string;
  /** Filter of a list of the children's kind. Default: all. */
  readonly filter?: EntityFilter | undefined;
}

/**
 * Finds a page of children for each parent, newest first unless another order is requested, without deleted ones unless
 * a filter includes them: one statement for all parents whose pages have the same filter and order. Without a filter, and
 * in the order of time, it reads no more rows than the limit for each.
 * @returns the pages in the requested order
 */
export async function findChildren<Type extends EntityType>(
  tx: Transaction,
  list: ChildList<Type>,
  pages: readonly ChildPage[],
  columns?: ReadColumns,
): Promise<(EntityRows[Type] & Positioned)[][]> {
  const found = new Map<ChildPage, (EntityRows[Type] & Positioned)[]>();
  for (const group of Map.groupBy(pages, groupKeyOf).values()) {
    const rows = await findPages(tx, list, group as [ChildPage, ...ChildPage[]], columns); // no group is empty
    for (const [index, page] of group.entries()) {
      const own = rows[index] ?? [];
      found.set(page, page.isFromEnd === true ? own.toReversed() : own);
    }
  }
  return pages.map((page) => found.get(page) ?? []);
}

/** Pages with the same text differ in their parents and positions only. */
function groupKeyOf({ order, isFromEnd, filter, after, before }: ChildPage): string {
  return JSON.stringify([order, isFromEnd, filter, after !== undefined, before !== undefined]);
}

async function findPages<Type extends EntityType>(
  tx: Transaction,
  list: ChildList<Type>,
  pages: readonly [ChildPage, ...ChildPage[]],
  columns: ReadColumns | undefined,
): Promise<(EntityRows[Type] & Positioned)[][]> {
  const [first] = pages;
  const order = isListed(list.type) ? listOrder(list.type, first.order) : NEWEST_FIRST;
  const conditions = await childConditions(tx, list.type, first.filter);
  const parameters = createParameters();
  const column = (values: readonly unknown[], type: string): string => `${parameters.add(values)}::${type}[]`;
  const parents = [
    column(
      pages.map(({ parentId }) => parentId),
      "text",
    ),
    column(
      pages.map(({ after }) => after?.at),
      order.type,
    ),
    column(
      pages.map(({ after }) => after?.id),
      "text",
    ),
    column(
      pages.map(({ before }) => before?.at),
      order.type,
    ),
    column(
      pages.map(({ before }) => before?.id),
      "text",
    ),
    column(
      pages.map(({ limit }) => limit),
      "int",
    ),
  ];
  const direction = readsAscending(order, first) ? "asc" : "desc";
  const key = isByTime(order) ? "" : `, child.${order.column}::text as "orderKey"`;
  const rows = await tx.query<EntityRows[Type] & Positioned & { position: bigint }>(
    `select parent.position, ${entityColumns(list.type, "child", columns)}${key}
     from unnest(${parents.join(", ")}) with ordinality
       as parent (id, after_at, after_id, before_at, before_id, take, position)
     cross join lateral (
       ${childrenOf(list, [...conditions, ...boundsOf(order, first)], parameters)}
       order by ${order.column} ${direction}, id ${direction} limit parent.take
     ) as child
     order by parent.position, child.${order.column} ${direction}, child.id ${direction}`,
    parameters.values,
  );
  const found = pages.map((): (EntityRows[Type] & Positioned)[] => []);
  for (const row of rows) found[Number(row.position) - 1]?.push(row);
  return found;
}

/** Returns a SELECT of the children of `parent` that meet the conditions, as rows of their table. */
function childrenOf(
  { type, from }: Pick<ChildList<EntityType>, "type" | "from">,
  conditions: readonly Condition[],
  parameters: Parameters,
): string {
  const where = conditions.flatMap((condition) => condition(parameters) ?? []);
  return `select * from (select child.* from ${from}) as ${ENTITY_TABLES[type].table} ${whereAll(where)}`;
}

/** Conditions of a filter on children, which are checked on each child of a parent. */
async function childConditions(
  tx: Transaction,
  type: EntityType,
  filter: EntityFilter = {},
): Promise<readonly Condition[]> {
  return isListed(type)
    ? checksOfFilter(tx, ENTITY_LISTS[type] as EntityList<ListedType, EntityFilter>, filter) // the filter is of this kind
    : checksOf(ENTITY_TABLES[type].table, filter);
}

function boundsOf({ column, isAscending }: ListOrder, { after, before }: ChildPage): readonly Condition[] {
  const [later, earlier] = isAscending ? [">", "<"] : ["<", ">"];
  return [
    ...(after === undefined ? [] : [literally(`(${column}, id) ${later} (parent.after_at, parent.after_id)`)]),
    ...(before === undefined ? [] : [literally(`(${column}, id) ${earlier} (parent.before_at, parent.before_id)`)]),
  ];
}

function isListed(type: EntityType): type is ListedType {
  return Object.hasOwn(ENTITY_LISTS, type);
}

/** A parent, and the filter of its children. */
export interface CountedChildren {
  readonly parentId: string;
  readonly filter?: EntityFilter | undefined;
}

/** Up to this number the children of one parent are counted. */
const MAX_COUNTED = 10_000;

/**
 * Counts the children of parents: one statement for all whose filters are the same. Of more than 10,000 children the
 * count says no more than that.
 * @returns the counts in the requested order
 */
export async function countChildren(
  tx: Transaction,
  list: Pick<ChildList<EntityType>, "type" | "from">,
  requested: readonly CountedChildren[],
): Promise<ListCount[]> {
  const found = new Map<CountedChildren, ListCount>();
  for (const group of Map.groupBy(requested, ({ filter }) => JSON.stringify(filter)).values()) {
    const conditions = await childConditions(tx, list.type, group[0]?.filter);
    const parameters = createParameters();
    const ids = parameters.add(group.map(({ parentId }) => parentId));
    const children = childrenOf(list, conditions, parameters);
    const rows = await tx.query<{ position: bigint; count: bigint }>(
      `select parent.position, counted.count from unnest(${ids}::text[]) with ordinality as parent (id, position)
       cross join lateral (
         select count(*) as count from (select 1 from (${children}) as child limit ${MAX_COUNTED + 1}) as found
       ) as counted`,
      parameters.values,
    );
    for (const { position, count } of rows) {
      const one = group[Number(position) - 1];
      if (one === undefined) continue;
      found.set(one, { count: Math.min(Number(count), MAX_COUNTED), isEstimate: Number(count) > MAX_COUNTED });
    }
  }
  return requested.map((one) => found.get(one) ?? { count: 0, isEstimate: false });
}
