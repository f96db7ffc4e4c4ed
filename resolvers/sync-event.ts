import { ServiceError } from "../src/domain/error.ts";
import type { EventBody, EventKind } from "../src/events/event.ts";
import type { StreamItem } from "../src/events/stream-item.ts";
import type { Context } from "./context.ts";
import { sourceOf } from "./source-of.ts";

/** Fields that every SyncEvent has. */
export const envelope = {
  cursor: (item: StreamItem, _args: unknown, context: Context): string =>
    context.cursors.encodeEventCursor(context.principal.tenantId, item.seq),
  at: (item: StreamItem): string => item.at,
  source: (item: StreamItem, _args: unknown, context: Context) =>
    item.type === "event" && item.event.sourceId !== null ? sourceOf(context, item.event.sourceId) : null,
};

/**
 * Returns the body of an event with the type that its type's resolvers expect.
 * @throws ServiceError INTERNAL when `SyncEvent.__resolveType` returned another type
 */
export function bodyOf<Kind extends EventKind>(item: StreamItem, kind: Kind): Extract<EventBody, { kind: Kind }> {
  if (item.type === "event" && isOfKind(item.event.body, kind)) return item.event.body;
  throw new ServiceError("INTERNAL", "internal error", { detail: `the event is not of kind ${kind}` });
}

function isOfKind<Kind extends EventKind>(body: EventBody, kind: Kind): body is Extract<EventBody, { kind: Kind }> {
  return body.kind === kind;
}
