import { lockAliases } from "../../apply/aliases/alias-table.ts";
import { entityEvents } from "../../apply/entity-events.ts";
import { releaseQuarantined } from "../../apply/quarantine.ts";
import type { AnyConnector } from "../../../connector-api/connector.ts";
import type { EntityType } from "../../../domain/ids.ts";
import type { NewEvent } from "../../../events/event.ts";
import type { Transaction } from "../../../store/database.ts";
import { setChangeCause } from "../../../store/entities/change-cause.ts";
import type { RowChange } from "../../../store/entities/merge-objects.ts";
import { ENTITY_TABLES } from "../../../store/entities/tables.ts";
import { writeTombstones } from "../../../store/entities/tombstones.ts";
import type { ClaimedStream } from "../../runs/run.ts";
import { type CompletelyListedTypes, completelyListedTypes } from "./completely-listed-types.ts";

/**
 * Tombstones objects that a full run did not list and that cannot be fetched by id, if every stream that contains their
 * type lists all objects. This finds the deletions that happened while a feed's cursor was lost. An unreadable object
 * is not deleted, so a type is skipped if an item of its streams that may be any of its objects was quarantined
 * meanwhile; it is also skipped if a stream listed no object of the type at all: an upstream that has not finished, or
 * has lost its data, looks like that.
 * @returns events of the deleted objects
 */
export async function tombstoneMissing(
  tx: Transaction,
  connector: AnyConnector,
  { runId, sourceId }: Pick<ClaimedStream, "runId" | "sourceId">,
): Promise<NewEvent[]> {
  const rows = await tx.query<{ stream: string }>(
    "select stream from sync_run_streams where run_id = $1 and records > 0",
    [runId],
  );
  const read = new Set(rows.map(({ stream }) => stream));
  await setChangeCause(tx, runId);
  const tombstoned: RowChange[] = [];
  for (const kind of completelyListedTypes(connector)) {
    if (!kind.producers.every(({ name }) => read.has(name))) continue;
    const isRenamed = connector.renames?.includes(kind.type) === true;
    if (isRenamed) await lockAliases(tx, sourceId);
    if (await holdsUnreadable(tx, kind, runId, isRenamed)) continue;
    tombstoned.push(...(await tombstoneMissingOf(tx, kind.type, runId)));
  }
  return tombstoned.length === 0 ? [] : entityEvents(tx, sourceId, [], tombstoned);
}

/**
 * Returns true if an item was quarantined since the run began that may be an unlisted object of this type: an item
 * without an id, one of another type of which this one may be a part, or one with a new id that replaces the object's
 * earlier id.
 */
async function holdsUnreadable(
  tx: Transaction,
  { type, producers }: CompletelyListedTypes,
  runId: string,
  isRenamed: boolean,
): Promise<boolean> {
  const rows = await tx.query(
    `select 1 as found from quarantined_records quarantined join sync_runs run on run.id = $1 and run.source_id = quarantined.source_id
     where quarantined.last_at >= run.started_at and quarantined.entity_type = any($2) and (
       quarantined.entity_id is null or quarantined.entity_type <> $3
       or ($4 and not exists (select 1 from ${ENTITY_TABLES[type].table} stored where stored.id = quarantined.entity_id)
         and not exists (select 1 from entity_aliases alias where alias.id = quarantined.entity_id)))
     limit 1`,
    [runId, producers.flatMap(({ entities }) => entities), type, isRenamed],
  );
  return rows.length > 0;
}

/** A state written since the run began is newer than the run's information, as in the version gate of every write. */
async function tombstoneMissingOf(tx: Transaction, type: EntityType, runId: string): Promise<readonly RowChange[]> {
  const rows = await writeTombstones<{ id: string; aliases: string[] }>(tx, type, {
    select: `
      select stored.id, array(select alias.id from entity_aliases alias where alias.root_id = stored.id) as aliases
      from ${ENTITY_TABLES[type].table} stored join sync_runs run on run.id = $1 and run.source_id = stored.source_id
      where stored.deleted_at is null and stored.content_hash is not null
        and stored.observed_at < run.started_at and stored.written_at < run.started_at
        and not exists (select 1 from run_listed_objects seen where seen.run_id = $1 and seen.entity_id = stored.id)
        and not exists (
          select 1 from quarantined_records record
          where record.source_id = stored.source_id and record.entity_type = $2 and record.last_at >= run.started_at
            and (record.entity_id = stored.id
              or record.entity_id in (select alias.id from entity_aliases alias where alias.root_id = stored.id)))
      order by stored.id for update of stored`,
    values: [runId, type],
    via: "POLL",
  });
  await releaseQuarantined(
    tx,
    rows.flatMap(({ id, aliases }) => [id, ...aliases]),
  );
  return rows.map(({ id }) => ({ entityType: type, id, change: "DELETED" }));
}
