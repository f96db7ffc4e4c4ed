import { z } from "zod";
import type { MalformedMessage, ObjectMessage, RawPointer } from "../../connector-api/messages.ts";
import type { DateTime } from "../../domain/values.ts";
import { ServiceError } from "../../domain/error.ts";
import { FINALITY, type Version } from "../../domain/version.ts";
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
    return malformed(kind, item, sighting.raw, problemOf(reason, item));
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

interface Problem {
  readonly path: string;
  readonly problem: string;
}

function malformed(kind: ObjectKind, item: unknown, raw: RawPointer, problem: Problem): MalformedMessage {
  const listed = listedWire.safeParse(item);
  const externalId = listed.success ? listed.data.id : kind.entity === "Account" ? BALANCE_ACCOUNT_ID : undefined;
  return { type: "malformed", entity: kind.entity, externalId, ...problem, raw };
}

/** Path and reason of the first fault. Anything but a format fault is a bug of ours and goes on up. */
function problemOf(reason: unknown, item: unknown): Problem {
  if (reason instanceof z.ZodError) {
    const [issue] = reason.issues;
    if (issue === undefined) return { path: "", problem: "does not have the documented shape" };
    const got = typeNameOf(valueAt(item, issue.path));
    return { path: issue.path.join("."), problem: `must be ${expectationOf(issue)}, got ${got}` };
  }
  // Only amounts are refused behind the schema: by the currency table.
  if (reason instanceof ServiceError && reason.code === "UPSTREAM_MALFORMED") {
    return { path: "amount", problem: reason.publicMessage };
  }
  throw reason;
}

function expectationOf(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_type") return issue.expected;
  if (issue.code === "invalid_value") return issue.values.map((value) => JSON.stringify(String(value))).join(" or ");
  if (issue.code === "too_big") return `at most ${issue.maximum}`;
  if (issue.code === "too_small") return `at least ${issue.minimum}`;
  return issue.message; // what our schemas say for themselves
}

function valueAt(item: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined),
    item,
  );
}

/** Names the type only: the value may be personal. */
function typeNameOf(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return typeof value;
}
