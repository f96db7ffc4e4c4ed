import type { HintMessage, ListedEventMessage, ObjectMessage, RawPointer } from "../../connector-api/messages.ts";
import { FINALITY, type Version } from "../../domain/version.ts";
import { STRIPE_VERSION } from "./client.ts";
import { KINDS, objectNameOf, type ObjectName } from "./kinds.ts";
import { BALANCE_ACCOUNT_ID } from "./map/balance.ts";
import { dateTimeOf } from "./map/fields.ts";
import { messagesOf } from "./messages.ts";
import { eventWire, type EventWire } from "./wire/event.ts";
import { listedWire } from "./wire/list.ts";

/** The kind of object that an event's snapshot shows; undefined for one that we do not sync. */
export function eventObjectName(event: EventWire): ObjectName | undefined {
  return objectNameOf(event.data.object.object);
}

/**
 * What an event says. It is read by the kind of its snapshot, not by its type: `charge.dispute.created` carries a
 * dispute, `charge.refunded` a charge. An event of no use to us says nothing; neither does one of a connected account,
 * whose objects are not this account's and cannot be fetched with its key alone.
 */
export function messagesOfEvent(event: EventWire, raw: RawPointer): readonly (ObjectMessage | HintMessage)[] {
  const name = eventObjectName(event);
  if (name === undefined || event.account) return [];
  // A balance snapshot has no order within its second, and is one cheap call away.
  if (name === "balance") return [{ type: "hint", entity: "Account", externalId: BALANCE_ACCOUNT_ID }];
  const pointer = { payload: raw.payload, path: `${raw.path}/data/object` };
  const messages = messagesOf(KINDS[name], snapshotOf(event, name), {
    version: versionOf(event),
    sourceUpdatedAt: dateTimeOf(event.created),
    raw: pointer,
  });
  return [...messages.flatMap((message) => orHint(message, event)), ...destinationHint(event, messages)];
}

/** The snapshot in `customer.deleted` shows the customer as it last was, without saying that it is gone. */
function snapshotOf(event: EventWire, name: ObjectName): unknown {
  const { object } = event.data;
  return name === "customer" && event.type === "customer.deleted" ? { ...object, deleted: true } : object;
}

/**
 * The state began within the second that the event is dated. `….created` is the first of the object it shows: for
 * objects that we sync there is one such type each.
 */
function versionOf(event: EventWire): Version {
  const from = BigInt(event.created) * 1000n;
  const finality = event.type.endsWith(".created") ? FINALITY.first : FINALITY.ordinary;
  return { from, until: from + 999n, finality };
}

/**
 * Snapshots are written in the API version of the account or of the webhook endpoint. One of another version that we
 * cannot read, or whose words we do not know, is no fault of the item: the object is fetched in ours.
 */
function orHint(message: ObjectMessage, event: EventWire): readonly (ObjectMessage | HintMessage)[] {
  if (event.api_version === STRIPE_VERSION || message.type === "tombstone") return [message];
  if (message.type === "malformed") {
    const { entity, externalId } = message;
    return externalId === undefined ? [message] : [{ type: "hint", entity, externalId }];
  }
  const { type: entity, externalId } = message.record;
  return message.unknowns.length === 0 ? [message] : [{ type: "hint", entity, externalId }];
}

/** Snapshots are not expanded. A new payout may go to an account that was never seen, and accounts have no events. */
function destinationHint(event: EventWire, messages: readonly ObjectMessage[]): readonly HintMessage[] {
  if (event.type !== "payout.created") return [];
  return messages.flatMap((message) =>
    message.type === "record" && message.record.type === "Payout" && message.record.destinationExternalId !== undefined
      ? [{ type: "hint", entity: "Account", externalId: message.record.destinationExternalId } as const]
      : [],
  );
}

/** An event of the list is delivered too, but for one of a connected account: those go to endpoints of their own. */
export function listingOf({ id, type, created, account }: EventWire): readonly ListedEventMessage[] {
  return account ? [] : [{ type: "listedEvent", deliveryId: id, eventType: type, at: dateTimeOf(created) }];
}

/** An item of the event list; undefined when it is no event. */
export function parseEvent(item: unknown): EventWire | undefined {
  const parsed = eventWire.safeParse(item);
  return parsed.success ? parsed.data : undefined;
}

/** The id of an event that is otherwise unreadable. */
export function eventIdOf(item: unknown): string | undefined {
  const parsed = listedWire.safeParse(item);
  return parsed.success ? parsed.data.id : undefined;
}
