import type { DomainRecord } from "../domain/entities.ts";
import type { DateTime } from "../domain/values.ts";
import type { FailureCause } from "../domain/error.ts";
import type { EntityType } from "../domain/ids.ts";
import type { Version } from "../domain/version.ts";

/** Bytes as the upstream sent them: one list page, one object, one file. Many records refer to one payload. */
export interface RawPayload {
  readonly bytes: Uint8Array;
  /** `application/json`, `application/xml` */
  readonly mediaType: string;
}

/** Location of a record in a payload. */
export interface RawPointer {
  readonly payload: RawPayload;
  /** RFC 6901 JSON pointer, or an XPath for XML; "" is the whole payload. */
  readonly path: string;
}

/**
 * A difference between an item and its documented contract. It is reported, and changes nothing else: without `of`, a
 * value of an enumeration that we have no term for, which is kept raw in the record.
 */
export interface UnknownValue {
  /** Path in the wire item: `status`, `balance_transaction.reporting_category`. */
  readonly path: string;
  /** The value of the enumeration, or the version. Of a field its shape: `text of 12 characters`, never its content. */
  readonly value: string;
  /**
   * `field`: the contract does not have this field. `missing`: the contract says that it is always sent, and it is not.
   * `version`: the item has another version of the contract than the pinned one.
   */
  readonly of?: "field" | "missing" | "version";
}

export interface RecordMessage {
  readonly type: "record";
  readonly record: DomainRecord;
  /**
   * Another id under which the upstream listed the same object before, for example when a pending transaction is posted
   * under a new one. The object keeps its first id, whatever its later ids are; data received under any of these ids
   * applies to it; and the deletion of a replaced id has no meaning. If several records name the same earlier id, the
   * first one applied is that object permanently, and each of the others is an object of its own. Only for entities in
   * `Connector.renames`.
   */
  readonly replaces?: string;
  readonly version: Version;
  /** Time of the object's last change by the upstream, RFC 3339; left out if it does not state one. */
  readonly sourceUpdatedAt?: DateTime;
  readonly raw: RawPointer;
  readonly unknowns: readonly UnknownValue[];
}

/** Notice from the upstream that the object no longer exists. */
export interface TombstoneMessage {
  readonly type: "tombstone";
  readonly entity: EntityType;
  readonly externalId: string;
  readonly version: Version;
  readonly raw: RawPointer;
}

/** An item that does not have the documented shape. Only this item is rejected. */
export interface MalformedMessage {
  readonly type: "malformed";
  /** Kind of entity that the item would have been. */
  readonly entity: EntityType;
  /** The item's id if it could still be read. */
  readonly externalId: string | undefined;
  /** Path inside the item: `amount`. */
  readonly path: string;
  /** Expected and received: `must be an integer, got string`. Names types, not personal values. */
  readonly problem: string;
  readonly raw: RawPointer;
}

/** A hint that the object changed, without its data: fetch it again. */
export interface HintMessage {
  readonly type: "hint";
  readonly entity: EntityType;
  readonly externalId: string;
  /**
   * Kind of the object that the id belongs to; all objects of `entity` that belong to that object must be fetched, some
   * of which may be unknown yet: the refunds of a payment attempt. Left out: the id is the object's own.
   */
  readonly of?: EntityType;
}

/** A hint that a stream has new data: read on from its cursor. */
export interface StreamHintMessage {
  readonly type: "streamHint";
  readonly stream: string;
}

/**
 * An event in the upstream's own event list. If the upstream sends us webhooks, a delivery of this event should have
 * arrived: if none has, some were lost on the way. It contains no state of an object: the messages around it do.
 */
export interface ListedEventMessage {
  readonly type: "listedEvent";
  /** Id that `Webhook.identify` would find in the delivery. */
  readonly deliveryId: string;
  readonly eventType: string;
  /** Time of the event, by the upstream's clock. */
  readonly at: DateTime;
}

/**
 * Ledger lines that a payout paid out, as the upstream lists them. Sent after the records of these lines, in as many
 * parts as the upstream has pages.
 */
export interface PayoutLinesMessage {
  readonly type: "payoutLines";
  readonly payoutExternalId: string;
  /** External ids of ledger entries, without the entry by which the payout itself left the balance. */
  readonly lines: readonly string[];
  /** True if every line of the payout has been listed with this part. */
  readonly isLast: boolean;
  readonly version: Version;
}

/**
 * A condition that an operator should look at and that is no fault of one object, such as an account that cannot be
 * read. The same `kind` and `subject` are one finding, however often it occurs.
 */
export interface FindingMessage {
  readonly type: "finding";
  /** Stable code: `CONNECTED_ACCOUNT_INACCESSIBLE`. */
  readonly kind: string;
  /** Subject of the finding, the same each time. */
  readonly subject: string;
  /** Undefined: an earlier finding with this key is resolved. */
  readonly finding:
    | {
        readonly cause: FailureCause;
        readonly summary: string;
        readonly evidence: Readonly<Record<string, unknown>>;
        readonly remedy: string;
      }
    | undefined;
}

/**
 * The time at which the upstream will end our access, such as that of a consent at a bank, as far as it states one. A read
 * that states none revokes what an earlier one has stated, and what was announced once its time is over.
 */
export interface AccessEndMessage {
  readonly type: "accessEnd";
  /** Undefined: it states none. */
  readonly at: DateTime | undefined;
  /** True: the upstream announces it by a webhook, and does not state it in what is read. */
  readonly isAnnounced?: true;
  /** Only with `isAnnounced` and without `at`: time from the arrival of the webhook until the end. */
  readonly afterMs?: number;
  /** What a person must do before, in one sentence. */
  readonly renewal: string;
}

/**
 * What a part of the upstream looks like at present: the columns of a table, the messages of a service, the version of a
 * file format. What differs from the pinned contract is reported, until the part is described without the difference.
 */
export interface ContractMessage {
  readonly type: "contract";
  /** Name of the part, the same each time: `public.payments`. */
  readonly subject: string;
  /** Type of each field by its path; at most 2,000 are compared. The path `version` is the contract's version. */
  readonly fields: Readonly<Record<string, string>>;
  /**
   * The contract that the connector was made for; `present`: the present one is pinned. Left out: the one that was
   * pinned last, or else the present one.
   */
  readonly pinned?: "present" | Readonly<Record<string, string>>;
}

/** A whole file from the upstream: the connector's `files` reads it in full before anything after it counts as read. */
export interface FileArrival {
  readonly type: "file";
  /** File name given by the upstream. Its bytes decide its format. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Everything before it may be forgotten once committed. */
export interface CheckpointMessage<Cursor> {
  readonly type: "checkpoint";
  readonly cursor: Cursor;
  /** Share of the range that has been read, 0 to 1; undefined if the upstream gives no way to know. */
  readonly progress: number | undefined;
  /**
   * Only in a read of everything, newest first: every object in the range that was created at or after this time comes
   * before this checkpoint. Never increases within such a read. Left out while no item has stated its creation time.
   */
  readonly reached?: DateTime;
  /**
   * Cursor for a later read once the rest of this full read is complete too, whichever reader completes it: that read
   * then returns everything that changed since the full read began. Set in every checkpoint of a full read but the
   * last, whose own cursor it is.
   */
  readonly next?: Cursor;
}

/** An observation of one object. */
export type ObjectMessage = RecordMessage | TombstoneMessage | MalformedMessage;

/** Messages that a connector emits while reading, in order. */
export type ReadMessage<Cursor> =
  | ObjectMessage
  | HintMessage
  | ListedEventMessage
  | PayoutLinesMessage
  | FindingMessage
  | AccessEndMessage
  | ContractMessage
  | FileArrival
  | CheckpointMessage<Cursor>;
