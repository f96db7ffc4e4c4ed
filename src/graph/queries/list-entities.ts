import { entityId, type EntityType } from "../../domain/ids.ts";
import type { Transaction } from "../../store/database.ts";
import { ENTITY_TABLES } from "../../store/entities/tables.ts";
import { type Condition, isOneOf, isWithin, literally } from "../../store/queries/conditions.ts";
import { findAliases } from "../../store/queries/find-aliases.ts";
import { type IndexedFilter, indexedBy, listPage } from "./list-page.ts";
import type { PageRequest } from "./page.ts";
import type { EntityRows } from "../../store/queries/rows.ts";
import { entityColumns } from "../../store/queries/select-list.ts";

/** Conditions that every list of synced objects accepts; null and undefined set no condition. */
export interface EntityFilter {
  readonly sourceIds?: readonly string[] | null | undefined;
  readonly externalId?: string | null | undefined;
  /** RFC 3339, inclusive. */
  readonly createdFrom?: string | null | undefined;
  /** RFC 3339, exclusive. */
  readonly createdTo?: string | null | undefined;
  readonly includeDeleted?: boolean | null | undefined;
}

/** Kinds that have a list of their own. */
export type ListedType = Exclude<EntityType, "Balance" | "PaymentAttempt">;

export interface EntityListQuery {
  readonly filter: EntityFilter;
  /** Conditions on the kind's own columns that have indexes; of two, the more selective one first. */
  readonly indexed: readonly IndexedFilter[];
  /** Other conditions on the kind's own columns. Default: none. */
  readonly own?: readonly Condition[];
  /** True if `own` selects few rows. */
  readonly isShort?: boolean;
  readonly page: PageRequest;
}

/** A page of one kind of synced object, newest first. */
export async function listEntities<Type extends ListedType>(
  tx: Transaction,
  type: Type,
  { filter, indexed, own = [], isShort = false, page }: EntityListQuery,
): Promise<EntityRows[Type][]> {
  const { table } = ENTITY_TABLES[type];
  const ids = await idsOf(tx, type, filter);
  const conditions = [
    literally("content_hash is not null"),
    ...(filter.includeDeleted === true ? [] : [literally("deleted_at is null")]),
    isOneOf(`${table}.id`, ids),
    isWithin(`${table}.ordered_at`, filter.createdFrom, filter.createdTo),
    ...own,
  ];
  const select = entityColumns(type, table, page.columns);
  return listPage<EntityRows[Type]>(tx, {
    table,
    select,
    orderBy: "ordered_at",
    conditions,
    isShort: isShort || ids !== undefined,
    indexed: [...indexed, indexedBy("source_id", filter.sourceIds)],
    page,
  });
}

/**
 * An external id needs no index: each source and the id together give the object's global id, which may be an alias of
 * an object that has had several ids.
 */
async function idsOf(tx: Transaction, type: EntityType, filter: EntityFilter): Promise<readonly string[] | undefined> {
  const { externalId } = filter;
  if (externalId === null || externalId === undefined) return undefined;
  const sourceIds = filter.sourceIds ?? (await tx.query<{ id: string }>("select id from sources")).map(({ id }) => id);
  const ids = sourceIds.map((sourceId) => entityId(tx.tenantId, sourceId, type, externalId));
  const roots = new Map((await findAliases(tx, ids)).map(({ id, rootId }) => [id, rootId]));
  return ids.map((id) => roots.get(id) ?? id);
}
