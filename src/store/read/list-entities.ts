import { entityId, type EntityType } from "../../domain/ids.ts";
import type { Transaction } from "../database.ts";
import { ENTITY_TABLES } from "../entities/tables.ts";
import { type Condition, isOneOf, isWithin, literally } from "./conditions.ts";
import { findAliases } from "./find-aliases.ts";
import { listPage } from "./list-page.ts";
import type { PageRequest } from "./page.ts";
import type { EntityRows } from "./rows.ts";
import { entityColumns } from "./select-list.ts";

/** Conditions that every list of synced objects takes; null and undefined ask for nothing. */
export interface EntityFilter {
  readonly sourceIds?: readonly string[] | null | undefined;
  readonly externalId?: string | null | undefined;
  /** RFC 3339, inclusive. */
  readonly createdFrom?: string | null | undefined;
  /** RFC 3339, exclusive. */
  readonly createdTo?: string | null | undefined;
  readonly includeDeleted?: boolean | null | undefined;
}

/** The kinds that have a list of their own. */
export type ListedType = Exclude<EntityType, "Balance" | "PaymentAttempt">;

export interface EntityListQuery {
  readonly filter: EntityFilter;
  /** Conditions on the kind's own columns. */
  readonly own: readonly Condition[];
  readonly page: PageRequest;
}

/** A page of one kind of synced object, newest first. */
export async function listEntities<Type extends ListedType>(
  tx: Transaction,
  type: Type,
  { filter, own, page }: EntityListQuery,
): Promise<EntityRows[Type][]> {
  const { table } = ENTITY_TABLES[type];
  const ids = await idsOf(tx, type, filter);
  const conditions = [
    literally("content_hash is not null"),
    ...(filter.includeDeleted === true ? [] : [literally("deleted_at is null")]),
    isOneOf("source_id", filter.sourceIds),
    isOneOf(`${table}.id`, ids),
    isWithin(`${table}.ordered_at`, filter.createdFrom, filter.createdTo),
    ...own,
  ];
  const select = entityColumns(type, table);
  return listPage<EntityRows[Type]>(tx, { table, select, orderBy: "ordered_at", conditions, page });
}

/**
 * An external id needs no index: with each source it gives the id that the object would have, which may be another one's that
 * has had several.
 */
async function idsOf(tx: Transaction, type: EntityType, filter: EntityFilter): Promise<readonly string[] | undefined> {
  const { externalId } = filter;
  if (externalId === null || externalId === undefined) return undefined;
  const sourceIds = filter.sourceIds ?? (await tx.query<{ id: string }>("select id from sources")).map(({ id }) => id);
  const ids = sourceIds.map((sourceId) => entityId(tx.tenantId, sourceId, type, externalId));
  const roots = new Map((await findAliases(tx, ids)).map(({ id, rootId }) => [id, rootId]));
  return ids.map((id) => roots.get(id) ?? id);
}
