import { lockNames } from "../../apply/aliases/alias-table.ts";
import { entityEvents } from "../../apply/entity-events.ts";
import { releaseQuarantined } from "../../apply/quarantine.ts";
import type { AnyConnector } from "../../connector-api/connector.ts";
import type { EntityType } from "../../domain/ids.ts";
import type { NewEvent } from "../../events/event.ts";
import type { Transaction } from "../../store/database.ts";
import type { RowChange } from "../../store/entities/merge-objects.ts";
import { ENTITY_TABLES } from "../../store/entities/tables.ts";
import type { ClaimedStream } from "../run.ts";
import { type ShownWhole, shownWhole } from "./shown-whole.ts";

/**
 * What a full run did not show of objects that cannot be asked for by id is gone, where every stream that gives them shows all there is.
 * This is how deletions are found that happened while a feed's cursor was lost. An object that could not be read is not gone, so a
 * kind is left alone when something of its streams was quarantined meanwhile that may be any of it; and so is one of which a stream
 * showed nothing at all: that is how an upstream looks that has not finished, or has lost, what it had.
 * @returns events of what is gone
 */
export async function buryUnseen(
  tx: Transaction,
  connector: AnyConnector,
  { runId, sourceId }: Pick<ClaimedStream, "runId" | "sourceId">,
): Promise<NewEvent[]> {
  const rows = await tx.query<{ stream: string }>(
    "select stream from sync_run_streams where run_id = $1 and records > 0",
    [runId],
  );
  const read = new Set(rows.map(({ stream }) => stream));
  const gone: RowChange[] = [];
  for (const kind of shownWhole(connector)) {
    if (!kind.producers.every(({ name }) => read.has(name))) continue;
    const isRenamed = connector.renames?.includes(kind.type) === true;
    if (isRenamed) await lockNames(tx, sourceId);
    if (await holdsUnreadable(tx, kind, runId, isRenamed)) continue;
    gone.push(...(await buryUnseenOf(tx, kind.type, runId)));
  }
  return gone.length === 0 ? [] : entityEvents(tx, sourceId, [], gone);
}

/**
 * Whether something was quarantined since the run began that may be an object of this kind that is not shown: an item without an id, one
 * of another kind that this one may be a part of, or one with a new id under which an object goes on that it had another one for.
 */
async function holdsUnreadable(
  tx: Transaction,
  { type, producers }: ShownWhole,
  runId: string,
  isRenamed: boolean,
): Promise<boolean> {
  const rows = await tx.query(
    `select 1 as found from quarantined_records held join sync_runs run on run.id = $1 and run.source_id = held.source_id
     where held.last_at >= run.started_at and held.entity_type = any($2) and (
       held.entity_id is null or held.entity_type <> $3
       or ($4 and not exists (select 1 from ${ENTITY_TABLES[type].table} stored where stored.id = held.entity_id)
         and not exists (select 1 from entity_aliases alias where alias.id = held.entity_id)))
     limit 1`,
    [runId, producers.flatMap(({ entities }) => entities), type, isRenamed],
  );
  return rows.length > 0;
}

/**
 * Gated as every write is: what was written since the run began is newer than what it can say. The tombstone is the next version after
 * the state that it ends, so that whatever the upstream says of the object later counts, and nothing that it said before.
 */
async function buryUnseenOf(tx: Transaction, type: EntityType, runId: string): Promise<readonly RowChange[]> {
  const { table } = ENTITY_TABLES[type];
  const rows = await tx.query<{ id: string; names: string[] }>(
    `with gone as (
       select stored.id from ${table} stored join sync_runs run on run.id = $1 and run.source_id = stored.source_id
       where stored.deleted_at is null and stored.content_hash is not null
         and stored.observed_at < run.started_at and stored.written_at < run.started_at
         and not exists (select 1 from run_sightings seen where seen.run_id = $1 and seen.entity_id = stored.id)
         and not exists (
           select 1 from quarantined_records held
           where held.source_id = stored.source_id and held.entity_type = $2 and held.last_at >= run.started_at
             and (held.entity_id = stored.id
               or held.entity_id in (select alias.id from entity_aliases alias where alias.root_id = stored.id)))
       order by stored.id for update of stored
     )
     update ${table} stored set deleted_at = now(), observed_at = now(), written_at = clock_timestamp(), via = 'POLL',
       version_from = stored.version_until + 1, version_until = stored.version_until + 1, replaced_hash = stored.content_hash
     from gone where stored.id = gone.id
     returning stored.id, array(select alias.id from entity_aliases alias where alias.root_id = stored.id) as names`,
    [runId, type],
  );
  await releaseQuarantined(
    tx,
    rows.flatMap(({ id, names }) => [id, ...names]),
  );
  return rows.map(({ id }) => ({ entityType: type, id, change: "DELETED" }));
}
