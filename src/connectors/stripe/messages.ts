import type { MalformedMessage, ObjectMessage, RawPointer } from "../../connector-api/messages.ts";
import type { DateTime } from "../../domain/values.ts";
import { FINALITY, type Version } from "../../domain/version.ts";
import { type FieldDifference, fieldDifferences } from "../../protocols/rest/contract-fields.ts";
import { type Problem, problemOf } from "../../protocols/rest/item-problem.ts";
import type { ObjectKind } from "./kinds.ts";
import { BALANCE_ACCOUNT_ID } from "./map/balance.ts";
import type { Observation } from "./map/observation.ts";
import { deletedWire } from "./wire/deleted.ts";
import { listedWire } from "./wire/list.ts";

/** Source position and time of an observed item. */
export interface MessageContext {
  readonly version: Version;
  /** Present only if the upstream states when the state began: with events. */
  readonly sourceUpdatedAt?: DateTime;
  readonly raw: RawPointer;
}

/**
 * Returns the messages of one item. Handles every input: an item that is not as documented becomes one `malformed`
 * message.
 */
export function messagesOf(kind: ObjectKind, item: unknown, context: MessageContext): readonly ObjectMessage[] {
  const deletedExternalId = deletedId(item);
  const observations =
    deletedExternalId === undefined
      ? observe(kind, item, context)
      : [{ type: "deleted", entity: kind.entity, externalId: deletedExternalId } as const];
  if ("type" in observations) return [observations];
  const messages = observations.map((one) => messageOf(one, context));
  return withDifferences(messages, fieldDifferences(item, kind.fields));
}

/** Adds what differs from the documented fields to the first record: the item is one object, whatever it is mapped to. */
function withDifferences(
  messages: readonly ObjectMessage[],
  differences: readonly FieldDifference[],
): readonly ObjectMessage[] {
  if (differences.length === 0) return messages;
  const first = messages.findIndex(({ type }) => type === "record");
  return messages.map((message, index) =>
    index === first && message.type === "record"
      ? { ...message, unknowns: [...message.unknowns, ...differences] }
      : message,
  );
}

/**
 * Returns the id of a deleted object. A failed parse costs more than a successful one, and few objects are deleted:
 * most items are not parsed at all.
 */
function deletedId(item: unknown): string | undefined {
  if (typeof item !== "object" || item === null || !("deleted" in item)) return undefined;
  const deleted = deletedWire.safeParse(item);
  return deleted.success ? deleted.data.id : undefined;
}

function observe(kind: ObjectKind, item: unknown, context: MessageContext): readonly Observation[] | MalformedMessage {
  try {
    return kind.observe(item, () => seenAt(context.version));
  } catch (reason) {
    return malformed(kind, item, context.raw, problemOf(reason, item, "amount"));
  }
}

function messageOf(observation: Observation, context: MessageContext): ObjectMessage {
  const { version, sourceUpdatedAt, raw } = context;
  if (observation.type === "malformed") return { ...observation, raw };
  if (observation.type === "deleted") {
    const { entity, externalId } = observation;
    // Stripe never reuses an id, so no later state can follow.
    return { type: "tombstone", entity, externalId, version: { ...version, finality: FINALITY.last }, raw };
  }
  const { record, unknowns } = observation;
  return { type: "record", record, version, ...(sourceUpdatedAt && { sourceUpdatedAt }), raw, unknowns };
}

/** The last second in which the state can have been valid. */
function seenAt(version: Version): DateTime {
  return new Date(Number(version.until / 1000n) * 1000).toISOString();
}

function malformed(kind: ObjectKind, item: unknown, raw: RawPointer, problem: Problem): MalformedMessage {
  const listed = listedWire.safeParse(item);
  const externalId = listed.success ? listed.data.id : kind.entity === "Account" ? BALANCE_ACCOUNT_ID : undefined;
  return { type: "malformed", entity: kind.entity, externalId, ...problem, raw };
}
