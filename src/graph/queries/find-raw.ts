import { promisify } from "node:util";
import { zstdDecompress } from "node:zlib";
import type { Transaction } from "../../store/database.ts";
import type { FileRow, RawPayloadRow } from "../../store/queries/operation-rows.ts";
import { OPERATION_TABLES } from "./operation-tables.ts";

/** Key of a payload: one source, one content. */
export interface PayloadKey {
  readonly sourceId: string;
  readonly contentHash: string;
}

/** Bytes as they are stored. */
export interface StoredBytes extends PayloadKey {
  readonly encoding: "identity" | "zstd";
  readonly bytes: Uint8Array;
}

const KEYED = `
  from unnest($1::text[], $2::text[]) as requested (source_id, content_hash)
  join raw_payloads as payload using (source_id, content_hash)`;

function keyValues(keys: readonly PayloadKey[]): readonly (readonly string[])[] {
  return [keys.map(({ sourceId }) => sourceId), keys.map(({ contentHash }) => contentHash)];
}

/** Finds payloads without their bytes, in no order; deleted ones are left out. */
export function findPayloads(tx: Transaction, keys: readonly PayloadKey[]): Promise<RawPayloadRow[]> {
  return tx.query(
    `select source_id as "sourceId", content_hash as "contentHash", payload.media_type as "mediaType",
       payload.received_at as "receivedAt", payload.run_id as "runId" ${KEYED}`,
    keyValues(keys),
  );
}

/** Finds payloads with their bytes, in no order; deleted ones are left out. */
export function findPayloadBytes(tx: Transaction, keys: readonly PayloadKey[]): Promise<StoredBytes[]> {
  return tx.query(
    `select source_id as "sourceId", content_hash as "contentHash", payload.encoding, payload.bytes ${KEYED}`,
    keyValues(keys),
  );
}

const decompress = promisify(zstdDecompress);

/** Returns the bytes as received. Decompresses off the event loop. */
export async function plainBytes({ encoding, bytes }: StoredBytes): Promise<Uint8Array> {
  return encoding === "zstd" ? await decompress(bytes) : bytes;
}

/** Finds files by their content, in no order; missing ones are left out. */
export function findFilesByContent(tx: Transaction, keys: readonly PayloadKey[]): Promise<FileRow[]> {
  return tx.query(
    `select ${OPERATION_TABLES.File.select} from unnest($1::text[], $2::text[]) as requested (source_id, content_hash)
     join files on files.source_id = requested.source_id and files.content_hash = requested.content_hash`,
    keyValues(keys),
  );
}

/** Maximum number of bytes of a file returned as text; larger files are downloaded as they are. */
export const MAX_RETURNED_BYTES = 1_048_576;

/** A chunk of a file, compressed by itself. */
export interface FileChunk {
  readonly fileId: string;
  readonly bytes: Uint8Array;
}

/** Finds chunks of files, in their order within each; none for a file with more uncompressed bytes than `maxBytes`. */
export function findFileChunks(tx: Transaction, ids: readonly string[], maxBytes: number): Promise<FileChunk[]> {
  return tx.query(
    `select chunk.file_id as "fileId", chunk.bytes
     from files join file_chunks as chunk on chunk.file_id = files.id
     where files.id = any($1) and files.size <= $2 order by chunk.file_id, chunk.seq`,
    [ids, maxBytes],
  );
}

/** Joins all chunks of one file. Decompresses off the event loop. */
export async function plainFile(chunks: readonly FileChunk[]): Promise<Uint8Array> {
  return Buffer.concat(await Promise.all(chunks.map(({ bytes }) => decompress(bytes))));
}
