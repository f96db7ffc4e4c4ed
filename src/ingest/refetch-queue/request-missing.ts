import type { EntityType } from "../../domain/ids.ts";
import type { Transaction } from "../../store/database.ts";
import { ENTITY_TABLES } from "../../store/entities/tables.ts";

/**
 * Requests that every object of a type is fetched again that a run has not observed.
 * @param renamed true to fetch by the ids that the upstream uses now, which may differ from the stored ids
 * @returns number of objects
 */
export async function requestMissing(
  tx: Transaction,
  type: EntityType,
  runId: string,
  renamed: boolean,
): Promise<number> {
  const inUse = `(select external_id from entity_aliases where root_id = stored.id and not replaced limit 1)`;
  const externalId = renamed ? `coalesce(${inUse}, stored.external_id)` : "stored.external_id";
  const rows = await tx.query(
    `insert into refetches as existing (tenant_id, id, source_id, entity_type, external_id, next_attempt_at, run_id)
     select stored.tenant_id, stored.id, stored.source_id, $2, ${externalId}, now(), $1
     from ${ENTITY_TABLES[type].table} stored
     join sync_runs run on run.id = $1 and run.source_id = stored.source_id and stored.observed_at < run.started_at
     where stored.deleted_at is null and stored.content_hash is not null
     order by stored.id
     on conflict (tenant_id, id) do update set generation = existing.generation + 1, run_id = excluded.run_id
     returning 1 as requested`,
    [runId, type],
  );
  return rows.length;
}
