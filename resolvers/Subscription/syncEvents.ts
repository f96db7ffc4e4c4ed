import type { EventFilter } from "../../src/events/filter.ts";
import type { StreamItem } from "../../src/events/stream-item.ts";
import type { SubscriptionResolvers, SyncEventFilter } from "../__generated__/types.ts";

export const syncEvents: NonNullable<SubscriptionResolvers["syncEvents"]> = {
  subscribe: (_root, { after, filter }, { cursors, events, principal, signal }) =>
    events.subscribe({
      tenantId: principal.tenantId,
      after: typeof after === "string" ? cursors.decodeEventCursor(principal.tenantId, after) : undefined,
      filter: filterOf(filter ?? {}),
      signal,
    }),
  resolve: (item: StreamItem) => item,
};

/** A condition that is null is none. */
function filterOf({ sourceIds, kinds, entityTypes, entityIds, runIds }: SyncEventFilter): EventFilter {
  return {
    sourceIds: sourceIds ?? undefined,
    kinds: kinds ?? undefined,
    entityTypes: entityTypes ?? undefined,
    entityIds: entityIds ?? undefined,
    runIds: runIds ?? undefined,
  };
}
