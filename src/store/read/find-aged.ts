import type { EntityType } from "../../domain/ids.ts";
import type { Transaction } from "../database.ts";
import { ENTITY_TABLES } from "../entities/tables.ts";
import type { SourceState } from "./operation-rows.ts";
import type { EntityRows, SyncedRow } from "./rows.ts";
import { entityColumns } from "./select-list.ts";

/** How long ago something was observed, and whether its source may be asked. */
export interface Age {
  /** Milliseconds by the database's clock, which has dated the observation too. */
  readonly ageMs: number;
  /** Null: the store knows no such source. */
  readonly sourceState: SourceState | null;
}

/** What tells an object apart, with its age. */
export type AgedKey = Pick<SyncedRow, "id" | "sourceId" | "externalId"> & Age;

const STATE = `case when source.paused then 'PAUSED' else source.status end as "sourceState"`;

/** Milliseconds from an SQL moment to now: the clock's own, since a transaction's stands still while it waits. */
function ageOf(moment: string): string {
  return `(extract(epoch from clock_timestamp() - ${moment}) * 1000)::float8 as "ageMs"`;
}

/** As `findEntities`, each with its age. */
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

/** Accounts by id, in no order, each as old as the oldest of its balances; one without any is as old as itself. */
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
