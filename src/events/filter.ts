import type { EntityType } from "../domain/ids.ts";
import type { EventKind, LoggedEvent } from "./event.ts";

/**
 * Which events a subscriber wants: those that pass every list. An undefined list passes all, an empty one none.
 * `entityTypes` and `entityIds` pass events about entities only, `runIds` events about runs only.
 */
export interface EventFilter {
  readonly sourceIds?: readonly string[] | undefined;
  readonly kinds?: readonly EventKind[] | undefined;
  readonly entityTypes?: readonly EntityType[] | undefined;
  readonly entityIds?: readonly string[] | undefined;
  readonly runIds?: readonly string[] | undefined;
}

/** Whether an event is wanted. Agrees with `FILTER_SQL`, event by event: a subscriber moves between the two. */
export type EventMatcher = (event: LoggedEvent) => boolean;

/** The filter for events in memory. */
export function createMatcher(filter: EventFilter): EventMatcher {
  const sources = setOf(filter.sourceIds);
  const kinds = setOf(filter.kinds);
  const types = setOf(filter.entityTypes);
  const entities = setOf(filter.entityIds);
  const runs = setOf(filter.runIds);
  return ({ sourceId, body }) =>
    sources(sourceId) &&
    kinds(body.kind) &&
    types("entityType" in body ? body.entityType : undefined) &&
    entities("entityId" in body ? body.entityId : undefined) &&
    runs("runId" in body ? body.runId : undefined);
}

function setOf(list: readonly string[] | undefined): (value: string | undefined) => boolean {
  if (list === undefined) return () => true;
  const wanted = new Set(list);
  return (value) => value !== undefined && wanted.has(value);
}

/** The filter for events in the log; its parameters $4 to $8 are `filterParameters`. */
export const FILTER_SQL = `
  ($4::text[] is null or source_id = any($4)) and ($5::text[] is null or kind = any($5))
  and ($6::text[] is null or entity_type = any($6)) and ($7::text[] is null or entity_id = any($7))
  and ($8::text[] is null or data->>'runId' = any($8))`;

/** Values of the parameters of `FILTER_SQL`, in order. PostgreSQL has no text with U+0000, so that one is no event's. */
export function filterParameters(filter: EventFilter): readonly (readonly string[] | null)[] {
  const { sourceIds, kinds, entityTypes, entityIds, runIds } = filter;
  return [sourceIds, kinds, entityTypes, entityIds, runIds].map(
    (list) => list?.filter((value) => !value.includes("\0")) ?? null,
  );
}
