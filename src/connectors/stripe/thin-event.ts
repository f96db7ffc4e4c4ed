import type { HintMessage } from "../../connector-api/messages.ts";
import { KINDS, objectNameOf } from "./kinds.ts";
import { thinEventWire, type ThinEventWire } from "./wire/thin-event.ts";

/** Parses a body as a thin event; undefined if it is not one. */
export function parseThinEvent(json: unknown): ThinEventWire | undefined {
  const parsed = thinEventWire.safeParse(json);
  return parsed.success ? parsed.data : undefined;
}

/**
 * Returns the messages of a thin event: its object is fetched by its id; the URL in the event is not used. A ping and
 * an event about a type that we do not sync return no messages. Ids are those of the event's own account.
 */
export function messagesOfThinEvent({ related_object: related }: ThinEventWire): readonly HintMessage[] {
  const name = related ? objectNameOf(related.type) : undefined;
  if (!related || name === undefined) return [];
  return [{ type: "hint", entity: KINDS[name].entity, externalId: related.id }];
}

/** Returns the account that a thin event's object belongs to, if it is another one: `acct_1`, or `org_1/acct_1`. */
export function accountOfThinEvent({ context }: ThinEventWire): string | undefined {
  return context ? context.slice(context.lastIndexOf("/") + 1) : undefined;
}
