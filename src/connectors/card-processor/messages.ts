import type { MalformedMessage, ObjectMessage, RawPointer, UnknownValue } from "../../connector-api/messages.ts";
import { ServiceError } from "../../domain/error.ts";
import type { DateTime } from "../../domain/values.ts";
import { FINALITY, type Version } from "../../domain/version.ts";
import type { ProtoMessage } from "../../protocols/protobuf/message.ts";
import { unknownValues } from "../../protocols/protobuf/unknown-values.ts";
import { problemOf } from "../../protocols/rest/item-problem.ts";
import type { ObjectKind } from "./kinds.ts";
import type { Observation } from "./map/observation.ts";
import { listedWire } from "./wire/objects.ts";
import { plainOf } from "./wire/plain.ts";

/** Messages of one object, and when it last changed; undefined if that cannot be read. */
export interface ReadObject {
  readonly messages: readonly ObjectMessage[];
  readonly updatedAt: DateTime | undefined;
}

/**
 * Reads an object from its bytes. Total: one that is not as documented becomes one `malformed` message. The number of
 * the object's last change is its version, so that states are ordered however they arrive.
 */
export function readObject(kind: ObjectKind, bytes: Uint8Array, raw: RawPointer): ReadObject {
  let message: ProtoMessage;
  try {
    message = kind.message.decode(bytes);
  } catch (reason) {
    return { messages: [undecodable(kind, reason, raw)], updatedAt: undefined };
  }
  const plain = plainOf(message);
  const listed = listedWire.safeParse(plain).data;
  try {
    const observations = kind.observe(plain);
    const context = { version: versionOf(listed?.sequence ?? 0n), sourceUpdatedAt: listed?.updated_at, raw };
    const messages = observations.map((one, index) =>
      messageOf(index === 0 ? withUnknown(one, message) : one, context),
    );
    return { messages, updatedAt: listed?.updated_at };
  } catch (reason) {
    const problem = problemOf(reason, plain, "amount");
    const malformed = { type: "malformed", entity: kind.entity, externalId: listed?.id, ...problem, raw } as const;
    return { messages: [malformed], updatedAt: listed?.updated_at };
  }
}

export interface MessageContext {
  readonly version: Version;
  readonly sourceUpdatedAt: DateTime | undefined;
  readonly raw: RawPointer;
}

/** Exact: the state began with this change and was the newest until the next one. */
export function versionOf(sequence: bigint): Version {
  return { from: sequence, until: sequence, finality: FINALITY.ordinary };
}

export function messageOf(observation: Observation, context: MessageContext): ObjectMessage {
  const { version, sourceUpdatedAt, raw } = context;
  if (observation.type === "deleted") {
    const { entity, externalId } = observation;
    // The processor never uses an id again, so no later state can follow.
    return { type: "tombstone", entity, externalId, version: { ...version, finality: FINALITY.last }, raw };
  }
  const { record, unknowns } = observation;
  return { type: "record", record, version, ...(sourceUpdatedAt && { sourceUpdatedAt }), raw, unknowns };
}

/** Adds what the contract has no name for, except what the mapping has reported already. */
function withUnknown(observation: Observation, message: ProtoMessage): Observation {
  if (observation.type !== "record") return observation;
  const isNew = ({ path, value }: UnknownValue): boolean =>
    !observation.unknowns.some((known) => known.path === path && known.value === value);
  return { ...observation, unknowns: [...observation.unknowns, ...unknownValues(message).filter(isNew)] };
}

/** The decoder's error names the message and the path: `cardprocessor.v1.Payment: amount must be …`. */
function undecodable(kind: ObjectKind, reason: unknown, raw: RawPointer): MalformedMessage {
  if (!(reason instanceof ServiceError) || reason.code !== "UPSTREAM_MALFORMED") throw reason;
  const text = reason.publicMessage.replace(`${kind.message.name}: `, "");
  const [, path = "", problem = text] =
    /^([a-z_][\w[\].]*) (must .*|has .*|is .*|ends .*|cannot .*|does .*)$/.exec(text) ?? [];
  return { type: "malformed", entity: kind.entity, externalId: undefined, path, problem, raw };
}
