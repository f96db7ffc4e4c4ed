import type { DomainRecord } from "../domain/entities.ts";
import type { DateTime } from "../domain/values.ts";
import type { EntityType } from "../domain/ids.ts";
import type { Version } from "../domain/version.ts";

/** Bytes as the upstream sent them: one list page, one object, one file. Many records point into one payload. */
export interface RawPayload {
  readonly bytes: Uint8Array;
  /** `application/json`, `application/xml` */
  readonly mediaType: string;
}

/** Where in a payload a record stands. */
export interface RawPointer {
  readonly payload: RawPayload;
  /** RFC 6901 JSON pointer, or an XPath for XML; "" is the whole payload. */
  readonly path: string;
}

/** A value that the upstream sent and that we have no word for. Kept raw in the record, and reported. */
export interface UnknownValue {
  /** Path in the wire item: `status`, `balance_transaction.reporting_category`. */
  readonly path: string;
  readonly value: string;
}

export interface RecordMessage {
  readonly type: "record";
  readonly record: DomainRecord;
  /**
   * Another id under which the upstream showed the same object before, as when a pending transaction is posted under a new
   * one. The object keeps the first id that it had, whatever it is called later; what is said of it under any of them is said
   * of it; and that an id which was replaced is gone says nothing. Only of entities in `Connector.renames`.
   */
  readonly replaces?: string;
  readonly version: Version;
  /** When the upstream says that the object last changed, RFC 3339; left out where it does not say. */
  readonly sourceUpdatedAt?: DateTime;
  readonly raw: RawPointer;
  readonly unknowns: readonly UnknownValue[];
}

/** The upstream says that the object is gone. */
export interface TombstoneMessage {
  readonly type: "tombstone";
  readonly entity: EntityType;
  readonly externalId: string;
  readonly version: Version;
  readonly raw: RawPointer;
}

/** An item that does not have the documented shape. It stops only itself. */
export interface MalformedMessage {
  readonly type: "malformed";
  /** What the item would have been. */
  readonly entity: EntityType;
  /** The item's id where it could still be read. */
  readonly externalId: string | undefined;
  /** Path inside the item: `amount`. */
  readonly path: string;
  /** What was expected and what came: `must be an integer, got string`. Names types, not personal values. */
  readonly problem: string;
  readonly raw: RawPointer;
}

/** Only a hint that the object changed: fetch it again. */
export interface HintMessage {
  readonly type: "hint";
  readonly entity: EntityType;
  readonly externalId: string;
}

/** Only a hint that a stream has something new: read on from its cursor. */
export interface StreamHintMessage {
  readonly type: "streamHint";
  readonly stream: string;
}

/**
 * The upstream's own list of events has this one. Where it sends us webhooks, a delivery of it should have come: when none has, some
 * were lost on the way. It says nothing of an object: what happened is told by the messages beside it.
 */
export interface ListedEventMessage {
  readonly type: "listedEvent";
  /** As `Webhook.identify` would find it in the delivery. */
  readonly deliveryId: string;
  readonly eventType: string;
  /** When it happened, by the upstream's clock. */
  readonly at: DateTime;
}

/** A whole file that the upstream gave: taken in by the connector's `files`, in full, before what follows it counts as read. */
export interface FileArrival {
  readonly type: "file";
  /** As the upstream names it. Its bytes decide what it is. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Everything before it may be forgotten once committed. */
export interface CheckpointMessage<Cursor> {
  readonly type: "checkpoint";
  readonly cursor: Cursor;
  /** Share of the range that is read, 0 to 1; undefined where the upstream gives no way to know. */
  readonly progress: number | undefined;
  /**
   * Only on a walk over everything, newest first: all of the range that was made at or after this time stands before
   * this checkpoint. Never rises within a walk. Left out while no item has said when it was made.
   */
  readonly reached?: DateTime;
  /**
   * Where a later read goes on once the rest of the walk is read too, by whomever: it then shows whatever changed since
   * the walk began. In every checkpoint of a walk but the last, whose own cursor it is.
   */
  readonly next?: Cursor;
}

/** An observation of one object. */
export type ObjectMessage = RecordMessage | TombstoneMessage | MalformedMessage;

/** What a connector emits while reading, in order. */
export type ReadMessage<Cursor> =
  | ObjectMessage
  | HintMessage
  | ListedEventMessage
  | FileArrival
  | CheckpointMessage<Cursor>;
