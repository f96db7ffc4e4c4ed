import type { Lsn } from "../database/lsn.ts";
import { ByteReader } from "./byte-reader.ts";
import type { ChangeEvent, CommitEvent, TruncateEvent, UpdateEvent } from "./change.ts";
import { POSTGRES_EPOCH_US } from "./copy-data.ts";
import { malformedMessage } from "./malformed.ts";
import { readRelation } from "./read-relation.ts";
import { type ColumnValue, NOT_SENT, type Relation, type Row } from "./relation.ts";

const MESSAGE = {
  begin: 0x42, // "B"
  commit: 0x43, // "C"
  origin: 0x4f, // "O"
  relation: 0x52, // "R"
  type: 0x59, // "Y"
  insert: 0x49, // "I"
  update: 0x55, // "U"
  delete: 0x44, // "D"
  truncate: 0x54, // "T"
  logicalMessage: 0x4d, // "M"
} as const;

const TUPLE = { key: 0x4b, old: 0x4f, new: 0x4e } as const; // "K", "O", "N"
const VALUE = { null: 0x6e, unchanged: 0x75, text: 0x74 } as const; // "n", "u", "t"

/**
 * Decodes the messages of pgoutput, version 1 of its protocol with logical messages. The versions after it add messages
 * of transactions that have not been committed, which would have to be stored here: the server does that better. A
 * message that this protocol does not have is UPSTREAM_MALFORMED.
 *
 * It remembers the tables that were mentioned, so it serves one connection.
 * Source: PostgreSQL manual, "Logical Replication Message Formats".
 */
export class PgoutputDecoder {
  readonly #relations = new Map<number, Relation>();
  /** Names of the types that are not built in, by oid. */
  readonly #types = new Map<number, string>();

  /**
   * Returns what a message states; undefined for one that only prepares others.
   * @param lsn position of the record that the message was made from
   * @throws ServiceError UPSTREAM_MALFORMED
   */
  decode(body: Buffer, lsn: Lsn): ChangeEvent | undefined {
    const reader = new ByteReader(body);
    const kind = reader.uint8();
    switch (kind) {
      case MESSAGE.insert:
        return this.#insert(reader, lsn);
      case MESSAGE.update:
        return this.#update(reader, lsn);
      case MESSAGE.delete:
        return this.#delete(reader, lsn);
      case MESSAGE.begin:
        return readBegin(reader);
      case MESSAGE.commit:
        return readCommit(reader);
      case MESSAGE.relation:
        return this.#relation(reader);
      case MESSAGE.type:
        this.#types.set(reader.uint32(), `${reader.text()}.${reader.text()}`);
        return undefined;
      case MESSAGE.truncate:
        return this.#truncate(reader, lsn);
      case MESSAGE.origin:
        return { type: "origin", commitLsn: reader.uint64(), name: reader.text() };
      case MESSAGE.logicalMessage:
        return readLogicalMessage(reader);
      default:
        throw malformedMessage(`pgoutput sent a message of kind ${kind}, which was not requested`);
    }
  }

  #relation(reader: ByteReader): ChangeEvent {
    const relation = readRelation(reader, this.#types);
    const previous = this.#relations.get(relation.oid);
    this.#relations.set(relation.oid, relation);
    return { type: "relation", relation, previous };
  }

  #insert(reader: ByteReader, lsn: Lsn): ChangeEvent {
    const relation = this.#known(reader.uint32());
    requireTuple(reader.uint8(), TUPLE.new);
    return { type: "insert", lsn, relation, row: readRow(reader, relation) };
  }

  #update(reader: ByteReader, lsn: Lsn): UpdateEvent {
    const relation = this.#known(reader.uint32());
    const kind = reader.uint8();
    if (kind === TUPLE.new) {
      return { type: "update", lsn, relation, row: readRow(reader, relation), oldRow: undefined };
    }
    const oldRow = readOldRow(reader, relation, kind);
    requireTuple(reader.uint8(), TUPLE.new);
    const row = readRow(reader, relation);
    // with the old row complete, a value that did not change is in it
    return {
      type: "update",
      lsn,
      relation,
      row: row.map((value, at) => (value === NOT_SENT ? oldRow[at]! : value)),
      oldRow,
    };
  }

  #delete(reader: ByteReader, lsn: Lsn): ChangeEvent {
    const relation = this.#known(reader.uint32());
    return { type: "delete", lsn, relation, oldRow: readOldRow(reader, relation, reader.uint8()) };
  }

  #truncate(reader: ByteReader, lsn: Lsn): TruncateEvent {
    const count = reader.uint32();
    reader.skip(1); // options: CASCADE, whose tables are listed too, and RESTART IDENTITY, which concerns sequences
    const relations: Relation[] = [];
    for (let at = 0; at < count; at++) relations.push(this.#known(reader.uint32()));
    return { type: "truncate", lsn, relations };
  }

  #known(oid: number): Relation {
    const relation = this.#relations.get(oid);
    if (relation === undefined) throw malformedMessage(`pgoutput sent a change of table ${oid} before its description`);
    return relation;
  }
}

function readBegin(reader: ByteReader): ChangeEvent {
  return {
    type: "begin",
    commitLsn: reader.uint64(),
    committedAtUs: reader.int64() + POSTGRES_EPOCH_US,
    xid: BigInt(reader.uint32()),
  };
}

function readCommit(reader: ByteReader): CommitEvent {
  reader.skip(1); // flags, none is defined
  return {
    type: "commit",
    commitLsn: reader.uint64(),
    endLsn: reader.uint64(),
    committedAtUs: reader.int64() + POSTGRES_EPOCH_US,
  };
}

function readLogicalMessage(reader: ByteReader): ChangeEvent {
  const isTransactional = (reader.uint8() & 1) === 1;
  const lsn = reader.uint64();
  const prefix = reader.text();
  return { type: "message", isTransactional, lsn, prefix, content: reader.bytes(reader.uint32()) };
}

/** Reads the key or the whole of a row as it was before. */
function readOldRow(reader: ByteReader, relation: Relation, kind: number): Row {
  if (kind === TUPLE.old) return readRow(reader, relation);
  requireTuple(kind, TUPLE.key);
  // columns outside the key are sent as null, which they need not have been
  return readRow(reader, relation).map((value, at) => (relation.columns[at]?.isKey === true ? value : NOT_SENT));
}

function requireTuple(kind: number, expected: number): void {
  if (kind !== expected) throw malformedMessage(`pgoutput sent a row of kind ${kind} where ${expected} is defined`);
}

function readRow(reader: ByteReader, { columns, schema, name }: Relation): Row {
  const count = reader.uint16();
  if (count !== columns.length) {
    throw malformedMessage(`pgoutput sent ${count} values for the ${columns.length} columns of ${schema}.${name}`);
  }
  const row: ColumnValue[] = [];
  for (let at = 0; at < count; at++) row.push(readValue(reader));
  return row;
}

function readValue(reader: ByteReader): ColumnValue {
  const kind = reader.uint8();
  switch (kind) {
    case VALUE.text:
      return reader.textOf(reader.int32());
    case VALUE.null:
      return null;
    case VALUE.unchanged:
      return NOT_SENT;
    default:
      throw malformedMessage(`pgoutput sent a value of kind ${kind}, which was not requested`);
  }
}
