import { type EntityType, typeOfId } from "../../domain/ids.ts";
import type { NewEvent } from "../../events/event.ts";
import type { Transaction } from "../../store/database.ts";
import { ENTITY_TABLES } from "../../store/entities/tables.ts";

/** Objects that a finding itself names: the history of each has the run as its cause. */
const MAX_NAMED = 20;

/** An object that a read after a gap has changed. */
export interface RepairedObject {
  readonly id: string;
  readonly change: "CREATED" | "UPDATED" | "DELETED";
}

/** What a read after a gap has changed: numbers, and the first objects by their ids. */
export interface Repaired {
  readonly created: number;
  readonly updated: number;
  readonly deleted: number;
  readonly objects: readonly RepairedObject[];
}

/** Finds the objects whose last change is that of a run: those that have changed again since are not to be looked at. */
export async function findRepaired(
  tx: Transaction,
  { runId, sourceId }: { readonly runId: string; readonly sourceId: string },
): Promise<Repaired> {
  const rows = await tx.query<RepairedObject & Record<string, unknown>>(FIND, [sourceId, runId]);
  return withChanges({ created: 0, updated: 0, deleted: 0, objects: [] }, rows);
}

/** An object that was deleted and exists again was created by the run: only its history says so. */
const FIND = `
  select found.id, case when found.deleted_at is not null then 'DELETED' when found.revision = 1 then 'CREATED' else coalesce((
      select change from entity_changes where entity_id = found.id order by revision desc limit 1), 'UPDATED') end as change
  from (${Object.values(ENTITY_TABLES)
    .map(
      ({ table }) => `select id, deleted_at, revision from ${table}
        where source_id = $1 and caused_by = $2 and content_hash is not null`,
    )
    .join(" union all ")}) as found order by found.id`;

/** Returns the objects that the events of a batch name. */
export function namedOf(events: readonly NewEvent[]): readonly RepairedObject[] {
  return events.flatMap(({ body }) =>
    body.kind === "EntityChanged" && isType(body.entityType) ? [{ id: body.entityId, change: body.change }] : [],
  );
}

const isType = (type: EntityType): boolean => Object.hasOwn(ENTITY_TABLES, type);

/** Adds changes; an object that is named already counts once. */
export function withChanges(before: Repaired, changes: readonly RepairedObject[]): Repaired {
  const added = changes.filter(({ id }) => !before.objects.some((one) => one.id === id));
  const count = (change: RepairedObject["change"]): number => added.filter((one) => one.change === change).length;
  const objects = [...before.objects, ...added.map(({ id, change }) => ({ entity: typeOfId(id), id, change }))];
  return {
    created: before.created + count("CREATED"),
    updated: before.updated + count("UPDATED"),
    deleted: before.deleted + count("DELETED"),
    objects: objects.toSorted((a, b) => (a.id < b.id ? -1 : 1)).slice(0, MAX_NAMED),
  };
}
