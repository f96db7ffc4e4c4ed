import type { EntityType } from "../../domain/ids.ts";
import type { SourceStatus } from "../../domain/lifecycles.ts";
import type { Transaction } from "../database.ts";
import { ENTITY_TABLES } from "../entities/tables.ts";
import type { EntityRows, SyncedRow } from "./rows.ts";
import { entityColumns } from "./select-list.ts";

/** Time since an observation, and whether its source may be called. */
export interface Age {
  /** Milliseconds by the database's clock, which also dated the observation. */
  readonly ageMs: number;
  /** Null: the source is not in the store. */
  readonly sourceState: SourceStatus | null;
}

/** Identity of an object, with its age. */
export type AgedKey = Pick<SyncedRow, "id" | "sourceId" | "externalId"> & Age;

const STATE = `source.status as "sourceState"`;

/**
 * Returns SQL for the milliseconds from a time to now: by `clock_timestamp()`, because a transaction's time does not
 * advance while it waits.
 */
function ageOf(moment: string): string {
  return `(extract(epoch from clock_timestamp() - ${moment}) * 1000)::float8 as "ageMs"`;
}

/** Like `findEntities`, each with its age. */
export function findAgedEntities<Type extends EntityType>(
  tx: Transaction,
  type: Type,
  ids: readonly string[],
): Promise<(EntityRows[Type] & Age)[]> {
  const { table } = ENTITY_TABLES[type];
  return tx.query(
    `select ${entityColumns(type, table)}, ${ageOf(`${table}.observed_at`)}, ${STATE}
     from ${table} left join sources as source on source.id = ${table}.source_id where ${table}.id = any($1)`,
    [ids],
  );
}

/** Finds accounts by id, in no order, each with the age of its oldest balance; one without balances has its own age. */
export function findAgedBalances(tx: Transaction, accountIds: readonly string[]): Promise<AgedKey[]> {
  return tx.query(
    `select account.id, account.source_id as "sourceId", account.external_id as "externalId", ${STATE},
       ${ageOf("coalesce(oldest.observed_at, account.observed_at)")}
     from accounts as account left join sources as source on source.id = account.source_id
     cross join lateral (
       select min(observed_at) as observed_at from balances
       where account_id = account.id and content_hash is not null and deleted_at is null
     ) as oldest
     where account.id = any($1)`,
    [accountIds],
  );
}
