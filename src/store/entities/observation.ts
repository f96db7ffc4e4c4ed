import type { DomainRecord } from "../../domain/entities.ts";
import type { EntityType } from "../../domain/ids.ts";
import type { Version } from "../../domain/version.ts";

/** How we came to know: DESIGN section 6. */
export type Via = "POLL" | "WEBHOOK" | "READ_THROUGH" | "CDC" | "FILE";

/** Where the raw bytes of an observation are kept. */
export interface RawLocation {
  /** Key in `raw_payloads`: SHA-256 of the bytes, hex; undefined when a delivery holds the bytes. */
  readonly rawHash: string | undefined;
  readonly deliveryId: string | undefined;
  readonly path: string;
}

/** One object as it was seen once: a record, or its absence. */
export interface Observation {
  readonly sourceId: string;
  readonly entity: EntityType;
  /** The id that the object had first, which it keeps. */
  readonly externalId: string;
  /** The id by which the upstream spoke of it. Undefined: by that one. */
  readonly calledBy?: string;
  /** Derived: src/domain/ids.ts. */
  readonly id: string;
  /** Undefined: the upstream says that the object is gone. */
  readonly record: DomainRecord | undefined;
  readonly version: Version;
  readonly sourceUpdatedAt: string | undefined;
  readonly via: Via;
  readonly raw: RawLocation;
}

export type ChangeKind = "CREATED" | "UPDATED" | "DELETED";

/** What the store made of an observation. */
export interface Outcome {
  readonly observation: Observation;
  /**
   * `unchanged`: confirmed what is stored. `stale`: older than what is stored. `doubt`: neither is provably newer and
   * they differ, so the upstream must be asked again.
   */
  readonly result: ChangeKind | "unchanged" | "stale" | "doubt";
}
