import type { EntityType } from "../domain/ids.ts";
import type { EventKind, LoggedEvent } from "./event.ts";

/**
 * Selects the events that a subscriber receives: those that match every list. An undefined list matches everything, an
 * empty one nothing. `entityTypes` and `entityIds` match only events about entities, `runIds` only events about runs.
 */
export interface EventFilter {
  readonly sourceIds?: readonly string[] | undefined;
  readonly kinds?: readonly EventKind[] | undefined;
  readonly entityTypes?: readonly EntityType[] | undefined;
  readonly entityIds?: readonly string[] | undefined;
  readonly runIds?: readonly string[] | undefined;
}

/**
 * Returns true for a matching event. Agrees with `FILTER_SQL` for every event, because a subscriber switches between
 * the two.
 */
export type EventMatcher = (event: LoggedEvent) => boolean;

/** Creates the filter for events in memory. */
export function createMatcher(filter: EventFilter): EventMatcher {
  if (Object.values(filter).every((list) => list === undefined)) return matchEverything;
  const sources = setOf(filter.sourceIds);
  const kinds = setOf(filter.kinds);
  const types = setOf(filter.entityTypes);
  const entities = setOf(filter.entityIds);
  const runs = setOf(filter.runIds);
  return ({ sourceId, body }) =>
    sources(sourceId ?? undefined) &&
    kinds(body.kind) &&
    types("entityType" in body ? body.entityType : undefined) &&
    entities("entityId" in body ? body.entityId : undefined) &&
    runs("runId" in body ? body.runId : undefined);
}

/** Of most subscribers: one function for all of them. */
function matchEverything(): boolean {
  return true;
}

function setOf(list: readonly string[] | undefined): (value: string | undefined) => boolean {
  if (list === undefined) return () => true;
  const selected = new Set(list);
  return (value) => value !== undefined && selected.has(value);
}

/** Filter for events in the log; its parameters $4 to $8 are `filterParameters`. */
export const FILTER_SQL = `
  ($4::text[] is null or source_id = any($4)) and ($5::text[] is null or kind = any($5))
  and ($6::text[] is null or entity_type = any($6)) and ($7::text[] is null or entity_id = any($7))
  and ($8::text[] is null or data->>'runId' = any($8))`;

/**
 * Returns the values of the parameters of `FILTER_SQL`, in order. PostgreSQL text cannot contain U+0000, so a value
 * with it matches no event.
 */
export function filterParameters(filter: EventFilter): readonly (readonly string[] | null)[] {
  const { sourceIds, kinds, entityTypes, entityIds, runIds } = filter;
  return [sourceIds, kinds, entityTypes, entityIds, runIds].map(
    (list) => list?.filter((value) => !value.includes("\0")) ?? null,
  );
}
