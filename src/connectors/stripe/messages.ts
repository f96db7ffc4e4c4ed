import type { MalformedMessage, ObjectMessage, RawPointer } from "../../connector-api/messages.ts";
import type { DateTime } from "../../domain/values.ts";
import { FINALITY, type Version } from "../../domain/version.ts";
import { type Problem, problemOf } from "../../protocols/rest/item-problem.ts";
import type { ObjectKind } from "./kinds.ts";
import { BALANCE_ACCOUNT_ID } from "./map/balance.ts";
import type { Observation } from "./observation.ts";
import { deletedWire } from "./wire/deleted.ts";
import { listedWire } from "./wire/list.ts";

/** Where and when an item was seen. */
export interface Sighting {
  readonly version: Version;
  /** Only where the upstream says when the state began: with events. */
  readonly sourceUpdatedAt?: DateTime;
  readonly raw: RawPointer;
}

/** What one item says. Total: an item that is not as documented becomes one `malformed` message. */
export function messagesOf(kind: ObjectKind, item: unknown, sighting: Sighting): readonly ObjectMessage[] {
  const goneId = deletedId(item);
  const observations =
    goneId === undefined
      ? observe(kind, item, sighting)
      : [{ type: "gone", entity: kind.entity, externalId: goneId } as const];
  return "type" in observations ? [observations] : observations.map((one) => messageOf(one, sighting));
}

/** A failed parse costs more than a good one, and few objects are deleted: most are not even looked at. */
function deletedId(item: unknown): string | undefined {
  if (typeof item !== "object" || item === null || !("deleted" in item)) return undefined;
  const deleted = deletedWire.safeParse(item);
  return deleted.success ? deleted.data.id : undefined;
}

function observe(kind: ObjectKind, item: unknown, sighting: Sighting): readonly Observation[] | MalformedMessage {
  try {
    return kind.observe(item, () => seenAt(sighting.version));
  } catch (reason) {
    return malformed(kind, item, sighting.raw, problemOf(reason, item, "amount"));
  }
}

function messageOf(observation: Observation, sighting: Sighting): ObjectMessage {
  const { version, sourceUpdatedAt, raw } = sighting;
  if (observation.type === "gone") {
    const { entity, externalId } = observation;
    // Stripe never gives an id out again, so nothing can follow.
    return { type: "tombstone", entity, externalId, version: { ...version, finality: FINALITY.last }, raw };
  }
  const { record, unknowns } = observation;
  return { type: "record", record, version, ...(sourceUpdatedAt && { sourceUpdatedAt }), raw, unknowns };
}

/** The last second in which the state can have been true. */
function seenAt(version: Version): DateTime {
  return new Date(Number(version.until / 1000n) * 1000).toISOString();
}

function malformed(kind: ObjectKind, item: unknown, raw: RawPointer, problem: Problem): MalformedMessage {
  const listed = listedWire.safeParse(item);
  const externalId = listed.success ? listed.data.id : kind.entity === "Account" ? BALANCE_ACCOUNT_ID : undefined;
  return { type: "malformed", entity: kind.entity, externalId, ...problem, raw };
}
