import { entityId, type EntityType } from "../domain/ids.ts";
import type { HintMessage, ObjectMessage, RawPayload } from "../connector-api/messages.ts";
import type { Names } from "./aliases/learn-names.ts";
import type { Observation, RawLocation, Via } from "../store/entities/observation.ts";

/** A message with where it came from, ready to be applied. */
export interface Applicable {
  readonly message: ObjectMessage | HintMessage;
  /** The delivery that holds the raw bytes; undefined: the bytes are stored as a payload of their own. */
  readonly deliveryId: string | undefined;
}

/** One set of messages of one source, applied in one transaction. */
export interface ApplyInput {
  readonly sourceId: string;
  readonly via: Via;
  readonly items: readonly Applicable[];
  readonly runId: string | undefined;
  /** `Connector.renames`; none: []. */
  readonly renames: readonly EntityType[];
  /** See `WriteInput.asked` in src/store/entities/write-observations.ts. */
  readonly asked: string | undefined;
  /** Payloads of the messages without a delivery, encoded for the store beforehand. */
  readonly payloads: EncodedPayloads;
}

/** A payload as it will be stored. */
export interface EncodedPayload {
  /** SHA-256 of the plain bytes, hex. */
  readonly contentHash: string;
  readonly mediaType: string;
  readonly encoding: "zstd" | "identity";
  readonly bytes: Uint8Array;
}

export type EncodedPayloads = ReadonlyMap<RawPayload, EncodedPayload>;

/** Where the bytes of an item are kept. */
export function locate(item: Applicable, payloads: EncodedPayloads): RawLocation {
  const { message, deliveryId } = item;
  const path = message.type === "hint" ? "" : message.raw.path;
  if (deliveryId !== undefined || message.type === "hint") return { rawHash: undefined, deliveryId, path };
  return { rawHash: payloads.get(message.raw.payload)?.contentHash, deliveryId: undefined, path };
}

/** What an item shows of an object. */
export interface Sighting {
  readonly observation: Observation;
  /** The item speaks of its object by an id that the upstream has replaced: whatever it says is over. */
  readonly outdated: boolean;
}

/** The item as an observation of an object; undefined for hints and malformed items, which observe none. */
export function observe(tenantId: string, input: ApplyInput, item: Applicable, names: Names): Sighting | undefined {
  const { message } = item;
  if (message.type === "hint" || message.type === "malformed") return undefined;
  const entity = message.type === "record" ? message.record.type : message.entity;
  const calledBy = message.type === "record" ? message.record.externalId : message.externalId;
  const name = names.of(entity, calledBy);
  const externalId = name?.root ?? calledBy;
  const observation = {
    sourceId: input.sourceId,
    entity,
    externalId,
    calledBy,
    id: entityId(tenantId, input.sourceId, entity, externalId),
    record: message.type === "record" ? message.record : undefined,
    version: message.version,
    sourceUpdatedAt: message.type === "record" ? message.sourceUpdatedAt : undefined,
    via: input.via,
    raw: locate(item, input.payloads),
  };
  return { observation, outdated: name?.replaced === true };
}
