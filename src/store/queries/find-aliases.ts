import type { Transaction } from "../database.ts";

/** An object that has had several ids at its source. All are global ids. */
export interface AliasRow {
  readonly id: string;
  /** Id of the object: the first one that it had. */
  readonly rootId: string;
}

/** One of the ids that an object has had at its source. */
export interface SourceIdRow {
  readonly rootId: string;
  readonly externalId: string;
  /** True if the source now uses another id. */
  readonly replaced: boolean;
  /** Null: it is the object's first id, for which this time was not recorded. */
  readonly firstSeenAt: string | null;
}

/**
 * Finds the objects to which these global ids belong, in no order; ids that are the only one of their object are left
 * out.
 */
export function findAliases(tx: Transaction, ids: readonly string[]): Promise<AliasRow[]> {
  return tx.query<AliasRow & Record<string, unknown>>(
    'select id, root_id as "rootId" from entity_aliases where id = any($1)',
    [ids],
    { prepared: true },
  );
}

/** Finds all ids that these objects have had, the oldest first; objects that have had only one are left out. */
export function findSourceIds(tx: Transaction, rootIds: readonly string[]): Promise<SourceIdRow[]> {
  return tx.query<SourceIdRow & Record<string, unknown>>(
    `select root_id as "rootId", external_id as "externalId", replaced,
       case when id <> root_id then first_at end as "firstSeenAt"
     from entity_aliases where root_id = any($1)
     order by root_id, id <> root_id, first_at, external_id`,
    [rootIds],
  );
}
