import type { HintMessage, ListedEventMessage, ObjectMessage, RawPointer } from "../../connector-api/messages.ts";
import { FINALITY, type Version } from "../../domain/version.ts";
import { STRIPE_VERSION } from "./client.ts";
import { impliedByEvent } from "./implied.ts";
import { KINDS, objectNameOf, type ObjectName } from "./kinds.ts";
import { BALANCE_ACCOUNT_ID } from "./map/balance.ts";
import { dateTimeOf } from "./map/fields.ts";
import { messagesOf } from "./messages.ts";
import { eventWire, type EventWire } from "./wire/event.ts";
import { listedWire } from "./wire/list.ts";

/** Object type of an event's snapshot; undefined for a type that we do not sync. */
export function eventObjectName(event: EventWire): ObjectName | undefined {
  return objectNameOf(event.data.object.object);
}

/**
 * Returns the messages of an event. The type of its snapshot decides how it is read, not the type of the event:
 * `charge.dispute.created` carries a dispute, `charge.refunded` a charge. An event without use for us returns no
 * messages. Ids are those of the event's own account.
 */
export function messagesOfEvent(event: EventWire, raw: RawPointer): readonly (ObjectMessage | HintMessage)[] {
  const name = eventObjectName(event);
  if (name === undefined) return [];
  // A balance snapshot has no order within its second, and one cheap call fetches it.
  if (name === "balance") return [{ type: "hint", entity: "Account", externalId: BALANCE_ACCOUNT_ID }];
  const pointer = { payload: raw.payload, path: `${raw.path}/data/object` };
  const messages = messagesOf(KINDS[name], snapshotOf(event, name), {
    version: versionOf(event),
    sourceUpdatedAt: dateTimeOf(event.created),
    raw: pointer,
  });
  return [...messages.flatMap((message) => orHint(message, event)), ...impliedByEvent(event, messages)];
}

/** The snapshot in `customer.deleted` is the customer's last state, without a deletion flag. */
function snapshotOf(event: EventWire, name: ObjectName): unknown {
  const { object } = event.data;
  return name === "customer" && event.type === "customer.deleted" ? { ...object, deleted: true } : object;
}

/**
 * The state began within the second of the event's timestamp. `….created` is the first state of its object: for each
 * object type that we sync there is exactly one such event type.
 */
function versionOf(event: EventWire): Version {
  const from = BigInt(event.created) * 1000n;
  const finality = event.type.endsWith(".created") ? FINALITY.first : FINALITY.ordinary;
  return { from, until: from + 999n, finality };
}

/**
 * Snapshots are written in the API version of the account or of the webhook endpoint. A snapshot of another version
 * that we cannot parse, or whose values we do not know, is not an error of the item: the object is fetched in our
 * version. Its fields are those of its version, so they are not compared with ours.
 */
function orHint(message: ObjectMessage, event: EventWire): readonly (ObjectMessage | HintMessage)[] {
  if (event.api_version === STRIPE_VERSION || message.type === "tombstone") return [message];
  if (message.type === "malformed") {
    const { entity, externalId } = message;
    return externalId === undefined ? [message] : [{ type: "hint", entity, externalId }];
  }
  const { type: entity, externalId } = message.record;
  const values = message.unknowns.filter(({ of }) => of === undefined);
  if (values.length > 0) return [{ type: "hint", entity, externalId }];
  const { api_version: value } = event;
  return [{ ...message, unknowns: value ? [{ path: "event.api_version", value, of: "version" }] : [] }];
}

/** An event in an account's event list is also delivered as a webhook. */
export function listingOf({ id, type, created }: EventWire): ListedEventMessage {
  return { type: "listedEvent", deliveryId: id, eventType: type, at: dateTimeOf(created) };
}

/** Parses an item of the event list; undefined if it is not an event. */
export function parseEvent(item: unknown): EventWire | undefined {
  const parsed = eventWire.safeParse(item);
  return parsed.success ? parsed.data : undefined;
}

/** Returns the id of an event that is otherwise unreadable. */
export function eventIdOf(item: unknown): string | undefined {
  const parsed = listedWire.safeParse(item);
  return parsed.success ? parsed.data.id : undefined;
}
