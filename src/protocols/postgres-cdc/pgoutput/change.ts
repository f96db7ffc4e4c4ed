import type { Lsn } from "../database/lsn.ts";
import type { Relation, Row } from "./relation.ts";

/** The transaction whose changes follow. Transactions never overlap, and come in the order of their commits. */
export interface BeginEvent {
  readonly type: "begin";
  /** Transaction id without its epoch, as the protocol has it: the number repeats after 4 billion. */
  readonly xid: bigint;
  /** Where the commit record begins. */
  readonly commitLsn: Lsn;
  /** Time of the commit by the server's clock, in microseconds since 1970. */
  readonly committedAtUs: bigint;
}

interface RowEvent {
  /**
   * Position of the change itself in the log. For one row it increases with every change, also within a transaction and
   * from one transaction to the next, because the second one waits for the first one's lock: it can be a version of the
   * row. Between rows of different transactions it has no order.
   */
  readonly lsn: Lsn;
  readonly relation: Relation;
}

export interface InsertEvent extends RowEvent {
  readonly type: "insert";
  readonly row: Row;
}

export interface UpdateEvent extends RowEvent {
  readonly type: "update";
  readonly row: Row;
  /**
   * The row before: all of it with the replica identity `full`; its key columns if one of them changed, which removes
   * the row with the old key and inserts `row`; undefined: the key did not change.
   */
  readonly oldRow: Row | undefined;
}

export interface DeleteEvent extends RowEvent {
  readonly type: "delete";
  /** The key columns, or all of them with the replica identity `full`. */
  readonly oldRow: Row;
}

/** Every row of the tables was removed. */
export interface TruncateEvent {
  readonly type: "truncate";
  readonly lsn: Lsn;
  readonly relations: readonly Relation[];
}

/** First mention of a table on this connection, or its columns, name or replica identity changed. */
export interface RelationEvent {
  readonly type: "relation";
  readonly relation: Relation;
  /** As it was until now on this connection; undefined: it was not mentioned before. */
  readonly previous: Relation | undefined;
}

/** What `pg_logical_emit_message` wrote. One that belongs to no transaction can come at any place between two. */
export interface LogicalMessageEvent {
  readonly type: "message";
  readonly lsn: Lsn;
  readonly isTransactional: boolean;
  readonly prefix: string;
  readonly content: Buffer;
}

/** The transaction was itself replicated from another server. */
export interface OriginEvent {
  readonly type: "origin";
  readonly name: string;
  readonly commitLsn: Lsn;
}

export interface CommitEvent {
  readonly type: "commit";
  readonly commitLsn: Lsn;
  /** Where the commit record ends: the position to store, and to acknowledge, with the effects of the transaction. */
  readonly endLsn: Lsn;
  readonly committedAtUs: bigint;
}

/** What a message of pgoutput states, in the order of commits. */
export type ChangeEvent =
  | BeginEvent
  | OriginEvent
  | RelationEvent
  | InsertEvent
  | UpdateEvent
  | DeleteEvent
  | TruncateEvent
  | LogicalMessageEvent
  | CommitEvent;
