import type { ObjectMessage } from "../connector-api/messages.ts";
import type { EntityType } from "../domain/ids.ts";
import { LANE_DEADLINE_MS } from "../upstream/lane.ts";
import type { Source } from "../upstream/source.ts";
import type { Flight } from "./flight.ts";

/**
 * Longest time for one answer, however many requests the connector makes for it: a little more than the lane gives to one
 * request, whose own refusal knows the reason and so should come first.
 */
export const CALL_DEADLINE_MS = LANE_DEADLINE_MS.interactive + 500;

/** One call of `fetchMany`. */
export interface Call {
  readonly entity: EntityType;
  /** At least one. */
  readonly flights: readonly Flight[];
  /** Aborted when nobody waits for any of them. */
  readonly controller: AbortController;
}

/** As many objects to a call as the upstream answers by one, so that each is answered as soon as it can be, and fails alone. */
export function callsOf({ connector }: Source, flights: Iterable<Flight>): Call[] {
  const byEntity = Map.groupBy(flights, ({ target }) => target.entity);
  return [...byEntity].flatMap(([entity, all]) => {
    const size = connector.fetch[entity]?.idsPerCall ?? 1;
    return Array.from({ length: Math.ceil(all.length / size) }, (_, index) => ({
      entity,
      flights: all.slice(index * size, (index + 1) * size),
      controller: new AbortController(),
    }));
  });
}

/**
 * @param externalIds of the flights, in their order: src/read-through/ids-in-use.ts
 * @throws ServiceError UPSTREAM_* | OVERLOADED | CANCELED, also after CALL_DEADLINE_MS
 */
export async function fetchMessages(
  source: Source,
  { entity, controller }: Call,
  externalIds: readonly string[],
): Promise<readonly ObjectMessage[]> {
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
