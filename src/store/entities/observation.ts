import type { DomainRecord } from "../../domain/entities.ts";
import type { EntityType } from "../../domain/ids.ts";
import type { Version } from "../../domain/version.ts";

/** Way in which the observation was made: DESIGN section 6. */
export type Via = "POLL" | "WEBHOOK" | "READ_THROUGH" | "CDC" | "STREAM" | "FILE";

/** Location of the raw bytes of an observation. */
export interface RawLocation {
  /** Key in `raw_payloads`: SHA-256 of the bytes, hex; undefined if the bytes are in a delivery. */
  readonly rawHash: string | undefined;
  readonly deliveryId: string | undefined;
  readonly path: string;
}

/** One object as observed once: a record, or its absence. */
export interface Observation {
  readonly sourceId: string;
  readonly entity: EntityType;
  /** The first id of the object, which it keeps. */
  readonly externalId: string;
  /** Id that the upstream used for it in this observation. Undefined: the same as `externalId`. */
  readonly upstreamId?: string;
  /** Derived global id: src/domain/ids.ts. */
  readonly id: string;
  /** Undefined: the upstream reported that the object no longer exists. */
  readonly record: DomainRecord | undefined;
  readonly version: Version;
  readonly sourceUpdatedAt: string | undefined;
  readonly via: Via;
  readonly raw: RawLocation;
}

export type ChangeKind = "CREATED" | "UPDATED" | "DELETED";

/** Result of writing an observation. */
export interface Outcome {
  readonly observation: Observation;
  /**
   * `unchanged`: confirmed the stored state. `stale`: older than the stored state. `doubt`: neither is provably newer
   * and they differ, so the object must be fetched again from the upstream.
   */
  readonly result: ChangeKind | "unchanged" | "stale" | "conflict";
}
