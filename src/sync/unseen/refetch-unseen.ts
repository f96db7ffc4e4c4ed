import type { AnyConnector } from "../../connector-api/connector.ts";
import type { EntityType } from "../../domain/ids.ts";
import type { Transaction } from "../../store/database.ts";
import { ENTITY_TABLES } from "../../store/entities/tables.ts";

/**
 * What a full read did not show is asked for one by one: the upstream says that it is gone, or shows it. This is how a
 * deletion is found that neither a webhook nor the upstream's feed of changes told. Kinds of object that a stream
 * outside the run may produce too are left alone.
 * @returns objects to be fetched again
 */
export async function refetchUnseen(tx: Transaction, connector: AnyConnector, runId: string): Promise<number> {
  const rows = await tx.query<{ stream: string }>("select stream from sync_run_streams where run_id = $1", [runId]);
  const read = new Set(rows.map(({ stream }) => stream));
  let unseen = 0;
  for (const type of Object.keys(connector.fetch) as EntityType[]) {
    // its keys are declared as that
    const producers = connector.streams.filter(({ entities }) => entities.includes(type));
    if (producers.every(({ name }) => read.has(name)))
      unseen += await refetchUnseenOf(tx, type, runId, connector.renames?.includes(type) === true);
  }
  return unseen;
}

/** @param renamed ask by the ids that the upstream uses now, which need not be the ones that the objects keep */
async function refetchUnseenOf(tx: Transaction, type: EntityType, runId: string, renamed: boolean): Promise<number> {
  const inUse = `(select external_id from entity_aliases where root_id = stored.id and not replaced limit 1)`;
  const externalId = renamed ? `coalesce(${inUse}, stored.external_id)` : "stored.external_id";
  const rows = await tx.query(
    `insert into refetches as held (tenant_id, id, source_id, entity_type, external_id, next_attempt_at)
     select stored.tenant_id, stored.id, stored.source_id, $2, ${externalId}, now()
     from ${ENTITY_TABLES[type].table} stored
     join sync_runs run on run.id = $1 and run.source_id = stored.source_id and stored.observed_at < run.started_at
     where stored.deleted_at is null and stored.content_hash is not null
     order by stored.id
     on conflict (tenant_id, id) do update set generation = held.generation + 1
     returning 1 as asked`,
    [runId, type],
  );
  return rows.length;
}
