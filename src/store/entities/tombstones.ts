import type { EntityType } from "../../domain/ids.ts";
import type { Transaction } from "../database.ts";
import type { Candidate } from "./fold.ts";
import { newerThanStored } from "./gate.ts";
import type { ChangeKind, Via } from "./observation.ts";
import { ALWAYS, EVIDENCE, parametersOf, SHARED } from "./shared-columns.ts";
import type { EntityTable } from "./columns.ts";
import { ENTITY_TABLES } from "./tables.ts";

/**
 * Writes the deletions that a source reported, each only if it is newer than the stored state. An object that was never
 * stored gets a row too, so that an older state of it does not appear later.
 */
export async function writeObservedTombstones(
  tx: Transaction,
  table: EntityTable<unknown>,
  candidates: readonly Candidate[],
  requestedAt: string | undefined,
  written: Map<string, ChangeKind | "unchanged">,
): Promise<void> {
  const names = SHARED.map(([name]) => name);
  const rows = await tx.query<{ id: string; replaced_hash: string | null }>(
    `insert into ${table.table} as stored (tenant_id, ordered_at, observed_at, written_at, deleted_at, ${names.join(", ")})
     select $1, now(), now(), clock_timestamp(), now(), ${names.map((name) => `incoming.${name}`).join(", ")}
     from unnest(${SHARED.map(([, type], index) => `$${index + 3}::${type}[]`).join(", ")}) as incoming (${names.join(", ")})
     on conflict (tenant_id, id) do update set
       ${ALWAYS.map((name) => `${name} = excluded.${name}`).join(", ")},
       ${EVIDENCE.map((name) => `${name} = case when stored.deleted_at is null then excluded.${name} else stored.${name} end`).join(", ")},
       version_from = greatest(excluded.version_from, stored.version_from),
       version_until = greatest(excluded.version_until, stored.version_until),
       deleted_at = coalesce(stored.deleted_at, excluded.deleted_at),
       replaced_hash = case when stored.deleted_at is null then stored.content_hash end
     where ${newerThanStored("$2")}
     returning stored.id, stored.replaced_hash`,
    [tx.tenantId, requestedAt ?? null, ...parametersOf(candidates, 0)],
  );
  for (const row of rows) written.set(row.id, row.replaced_hash === null ? "unchanged" : "DELETED");
}

/** Selection of stored objects to be tombstoned. */
export interface Deletion {
  /** SQL of a query that selects and locks their rows, in the order of the ids; its first column is `id`. */
  readonly select: string;
  readonly values: readonly unknown[];
  /**
   * How their absence was observed: the tombstone is the next version after the state that it ends, so that any later
   * statement of the upstream about the object counts, and no earlier one. Undefined: nothing was observed, their state
   * is now that of another row.
   */
  readonly via: Via | undefined;
}

/**
 * Writes tombstones for stored objects that are not deleted yet.
 * @returns the selected columns of the objects that are deleted now
 */
export function writeTombstones<Row extends { readonly id: string }>(
  tx: Transaction,
  type: EntityType,
  { select, values, via }: Deletion,
): Promise<Row[]> {
  const observed =
    via === undefined
      ? ""
      : `, observed_at = now(), via = '${via}', version_from = stored.version_until + 1,
         version_until = stored.version_until + 1`;
  return tx.query<Row & Record<string, unknown>>(
    `with missing as (${select})
     update ${ENTITY_TABLES[type].table} as stored set deleted_at = now(), written_at = clock_timestamp(),
       replaced_hash = stored.content_hash ${observed}
     from missing where stored.id = missing.id and stored.deleted_at is null
     returning missing.*`,
    values,
  );
}
