import { type EntityType, typeOfId } from "../../domain/ids.ts";
import type { NewEvent } from "../../events/event.ts";
import type { Transaction } from "../../store/database.ts";
import { ENTITY_TABLES } from "../../store/entities/tables.ts";
import { changedByRun } from "../../store/queries/changed-by-run.ts";

/** Objects that a finding itself names: the history of each has the run as its cause. */
const MAX_NAMED = 20;

/** An object that a read after a gap has changed. */
export interface RepairedObject {
  readonly entity: ReturnType<typeof typeOfId>;
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

/** Finds the objects that a run has changed, including those that have changed again since. */
export async function findRepaired(
  tx: Transaction,
  { runId, sourceId }: { readonly runId: string; readonly sourceId: string },
): Promise<Repaired> {
  const [found] = await tx.query<FoundRow>(FIND, [sourceId, runId, MAX_NAMED]);
  if (found === undefined) return { created: 0, updated: 0, deleted: 0, objects: [] };
  return { ...found, objects: found.objects.map(named) };
}

type FoundRow = Omit<Repaired, "objects"> & { readonly objects: readonly Changed[] } & Record<string, unknown>;
type Changed = Omit<RepairedObject, "entity">;

const named = ({ id, change }: Changed): RepairedObject => ({ entity: typeOfId(id), id, change });

/** Counted by the database: a run may have changed every object of a source. */
const FIND = `
  with found as (${changedByRun("$1", "$2")}),
  numbered as (select id, change, row_number() over (order by id collate "C") as nr from found)
  select (count(*) filter (where change = 'CREATED'))::integer as created,
    (count(*) filter (where change = 'UPDATED'))::integer as updated,
    (count(*) filter (where change = 'DELETED'))::integer as deleted,
    coalesce(jsonb_agg(jsonb_build_object('id', id, 'change', change) order by nr) filter (where nr <= $3), '[]') as objects
  from numbered`;

/** Returns the objects that the events of a batch name. */
export function namedOf(events: readonly NewEvent[]): readonly RepairedObject[] {
  return events.flatMap(({ body }) =>
    body.kind === "EntityChanged" && isType(body.entityType) ? [named({ id: body.entityId, change: body.change })] : [],
  );
}

const isType = (type: EntityType): boolean => Object.hasOwn(ENTITY_TABLES, type);

/** Adds changes; an object that is named already counts once. */
export function withChanges(before: Repaired, changes: readonly RepairedObject[]): Repaired {
  const added = changes.filter(({ id }) => !before.objects.some((one) => one.id === id));
  const count = (change: RepairedObject["change"]): number => added.filter((one) => one.change === change).length;
  const objects = [...before.objects, ...added];
  return {
    created: before.created + count("CREATED"),
    updated: before.updated + count("UPDATED"),
    deleted: before.deleted + count("DELETED"),
    objects: objects.toSorted((a, b) => (a.id < b.id ? -1 : 1)).slice(0, MAX_NAMED),
  };
}
