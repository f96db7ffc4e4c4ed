import { malformedMessage } from "./malformed.ts";
import { ByteReader } from "./byte-reader.ts";
import type { Lsn } from "../database/lsn.ts";

/*
 * What the streaming replication protocol wraps around the messages of pgoutput.
 * Source: PostgreSQL manual, "Streaming Replication Protocol".
 */

export interface WalData {
  readonly type: "walData";
  /** Position of the log record that the message was made from. */
  readonly lsn: Lsn;
  /** A message of pgoutput; a part of the received chunk, valid until the caller returns. */
  readonly body: Buffer;
}

export interface KeepAlive {
  readonly type: "keepAlive";
  /** Every transaction whose commit record begins before it has been sent. */
  readonly sentUpTo: Lsn;
  readonly isReplyRequested: boolean;
}

const WAL_DATA = 0x77; // "w"
const KEEP_ALIVE = 0x6b; // "k"
const STATUS_UPDATE = 0x72; // "r"
const WAL_DATA_HEADER_BYTES = 25;

/** Microseconds between 1970 and 2000, from which PostgreSQL counts. */
export const POSTGRES_EPOCH_US = 946_684_800_000_000n;

/** Reads one CopyData message of the server. @throws ServiceError UPSTREAM_MALFORMED */
export function readCopyData(chunk: Buffer): WalData | KeepAlive {
  const reader = new ByteReader(chunk);
  const kind = reader.uint8();
  if (kind === WAL_DATA) {
    const lsn = reader.uint64();
    reader.skip(16); // the end of the log and the server's clock
    return { type: "walData", lsn, body: chunk.subarray(WAL_DATA_HEADER_BYTES) };
  }
  if (kind === KEEP_ALIVE) {
    const sentUpTo = reader.uint64();
    reader.skip(8); // the server's clock
    return { type: "keepAlive", sentUpTo, isReplyRequested: reader.uint8() !== 0 };
  }
  throw malformedMessage(`the streaming replication protocol has no message of kind ${kind}`);
}

export interface Status {
  /** Received up to here. */
  readonly received: Lsn;
  /** Committed by us up to here: the server forgets everything before it. 0: not known, which changes nothing. */
  readonly committed: Lsn;
  readonly nowMs: number;
  /** True: the server answers with a keep-alive at once. */
  readonly isReplyRequested: boolean;
}

const COPY_DATA = 0x64; // "d"
const STATUS_BYTES = 34;

/** Returns the CopyData message with the status update that reports `committed` as flushed and applied. */
export function writeStatus({ received, committed, nowMs, isReplyRequested }: Status): Buffer {
  const bytes = Buffer.alloc(5 + STATUS_BYTES);
  bytes.writeUInt8(COPY_DATA, 0);
  bytes.writeUInt32BE(4 + STATUS_BYTES, 1);
  bytes.writeUInt8(STATUS_UPDATE, 5);
  bytes.writeBigUInt64BE(received, 6);
  bytes.writeBigUInt64BE(committed, 14);
  bytes.writeBigUInt64BE(committed, 22);
  bytes.writeBigInt64BE(BigInt(Math.trunc(nowMs)) * 1_000n - POSTGRES_EPOCH_US, 30);
  bytes.writeUInt8(isReplyRequested ? 1 : 0, 38);
  return bytes;
}
