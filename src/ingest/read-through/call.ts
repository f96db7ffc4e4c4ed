import type { HintMessage, ObjectMessage } from "../../connector-api/messages.ts";
import type { EntityType } from "../../domain/ids.ts";
import { LANE_DEADLINE_MS } from "../../upstream/budget/lane.ts";
import type { Source } from "../../sources/source.ts";
import type { SharedFetch } from "./shared-fetch.ts";

/**
 * Longest time for one response, however many requests the connector makes for it: a little more than the lane allows
 * for one request, whose own error contains the reason and so should come first.
 */
export const CALL_DEADLINE_MS = LANE_DEADLINE_MS.interactive + 500;

/** One call of `fetchMany`. */
export interface Call {
  readonly entity: EntityType;
  /** Fetches that share the call; at least one. */
  readonly sharedFetches: readonly SharedFetch[];
  /** Aborted when no request waits for any of them. */
  readonly controller: AbortController;
}

/**
 * Groups as many objects into a call as the upstream returns in one, so that each is returned as soon as possible, and
 * fails alone.
 */
export function callsOf({ connector }: Source, sharedFetches: Iterable<SharedFetch>): Call[] {
  const byEntity = Map.groupBy(sharedFetches, ({ target }) => target.entity);
  return [...byEntity].flatMap(([entity, all]) => {
    const size = connector.fetch[entity]?.idsPerCall ?? 1;
    return Array.from({ length: Math.ceil(all.length / size) }, (_, index) => ({
      entity,
      sharedFetches: all.slice(index * size, (index + 1) * size),
      controller: new AbortController(),
    }));
  });
}

/**
 * @param externalIds ids of the shared fetches, in their order: src/ingest/read-through/ids-in-use.ts
 * @throws ServiceError UPSTREAM_* | OVERLOADED | CANCELED, also after CALL_DEADLINE_MS
 */
export async function fetchMessages(
  source: Source,
  { entity, controller }: Call,
  externalIds: readonly string[],
): Promise<readonly (ObjectMessage | HintMessage)[]> {
  const deadline = setTimeout(() => controller.abort(), CALL_DEADLINE_MS);
  try {
    return await source.connector.fetchMany({
      config: source.config,
      client: source.client("interactive"),
      entity,
      externalIds,
      signal: controller.signal,
    });
  } finally {
    clearTimeout(deadline);
  }
}
