import { entityId, type EntityType } from "../../domain/ids.ts";
import type { HintMessage, ObjectMessage, RawPayload } from "../../connector-api/messages.ts";
import type { Aliases } from "./aliases/resolve-aliases.ts";
import type { Observation, RawLocation, Via } from "../../store/entities/observation.ts";

/** A message and its origin, ready to be applied. */
export interface Applicable {
  readonly message: ObjectMessage | HintMessage;
  /** The delivery that contains the raw bytes; undefined: the bytes are stored as a separate payload. */
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
  readonly requestedAt: string | undefined;
  /** Payloads of the messages without a delivery, already encoded for the store. */
  readonly payloads: EncodedPayloads;
  /** Returns the trace that a delivery's refetches continue. Default: all continue that of the active span. */
  readonly traceparentOf?: (deliveryId: string | undefined) => string | undefined;
}

/** A payload in its stored form. */
export interface EncodedPayload {
  /** SHA-256 of the uncompressed bytes, hex. */
  readonly contentHash: string;
  readonly mediaType: string;
  readonly encoding: "zstd" | "identity";
  readonly bytes: Uint8Array;
}

export type EncodedPayloads = ReadonlyMap<RawPayload, EncodedPayload>;

/** Returns where the bytes of an item are stored. */
export function locate(item: Applicable, payloads: EncodedPayloads): RawLocation {
  const { message, deliveryId } = item;
  const path = message.type === "hint" ? "" : message.raw.path;
  if (deliveryId !== undefined || message.type === "hint") return { rawHash: undefined, deliveryId, path };
  return { rawHash: payloads.get(message.raw.payload)?.contentHash, deliveryId: undefined, path };
}

/** Observation of an object in an item. */
export interface ResolvedObservation {
  readonly observation: Observation;
  /** True if the item refers to its object by an id that the upstream has replaced: its contents are obsolete. */
  readonly outdated: boolean;
}

/** Converts the item into an observation of an object; undefined for hints and malformed items, which contain none. */
export function observe(
  tenantId: string,
  input: ApplyInput,
  item: Applicable,
  names: Aliases,
): ResolvedObservation | undefined {
  const { message } = item;
  if (message.type === "hint" || message.type === "malformed") return undefined;
  const entity = message.type === "record" ? message.record.type : message.entity;
  const upstreamId = message.type === "record" ? message.record.externalId : message.externalId;
  const name = names.of(entity, upstreamId);
  const externalId = name?.root ?? upstreamId;
  const observation = {
    sourceId: input.sourceId,
    entity,
    externalId,
    upstreamId,
    id: entityId(tenantId, input.sourceId, entity, externalId),
    record: message.type === "record" ? message.record : undefined,
    version: message.version,
    sourceUpdatedAt: message.type === "record" ? message.sourceUpdatedAt : undefined,
    via: input.via,
    raw: locate(item, input.payloads),
  };
  return { observation, outdated: name?.replaced === true };
}
