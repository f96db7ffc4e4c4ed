import { promisify } from "node:util";
import { zstdDecompress } from "node:zlib";
import type { Transaction } from "../database.ts";
import type { FileRow, RawPayloadRow } from "./operation-rows.ts";
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
  from unnest($1::text[], $2::text[]) as wanted (source_id, content_hash)
  join raw_payloads as held using (source_id, content_hash)`;

function keyValues(keys: readonly PayloadKey[]): readonly (readonly string[])[] {
  return [keys.map(({ sourceId }) => sourceId), keys.map(({ contentHash }) => contentHash)];
}

/** What is known of payloads, in no order, without their bytes; those that are gone are left out. */
export function findPayloads(tx: Transaction, keys: readonly PayloadKey[]): Promise<RawPayloadRow[]> {
  return tx.query(
    `select source_id as "sourceId", content_hash as "contentHash", held.media_type as "mediaType",
       held.received_at as "receivedAt", held.run_id as "runId" ${KEYED}`,
    keyValues(keys),
  );
}

/** Payloads with their bytes, in no order; those that are gone are left out. */
export function findPayloadBytes(tx: Transaction, keys: readonly PayloadKey[]): Promise<StoredBytes[]> {
  return tx.query(
    `select source_id as "sourceId", content_hash as "contentHash", held.encoding, held.bytes ${KEYED}`,
    keyValues(keys),
  );
}

/** Bodies of deliveries, in no order; those that are gone are left out. */
export function findDeliveryBodies(
  tx: Transaction,
  ids: readonly string[],
): Promise<{ readonly id: string; readonly body: Uint8Array }[]> {
  return tx.query(
    `select id, body from deliveries join delivery_bodies bodies
       on bodies.delivery_id = deliveries.id and bodies.received_at = deliveries.received_at
     where id = any($1)`,
    [ids],
  );
}

const decompress = promisify(zstdDecompress);

/** The bytes as they were received. Decompresses off the event loop. */
export async function plainBytes({ encoding, bytes }: StoredBytes): Promise<Uint8Array> {
  return encoding === "zstd" ? await decompress(bytes) : bytes;
}

/** Files by their content, in no order; those that are not there are left out. */
export function findFilesByContent(tx: Transaction, keys: readonly PayloadKey[]): Promise<FileRow[]> {
  return tx.query(
    `select ${OPERATION_TABLES.File.select} from unnest($1::text[], $2::text[]) as wanted (source_id, content_hash)
     join files on files.source_id = wanted.source_id and files.content_hash = wanted.content_hash`,
    keyValues(keys),
  );
}

/** Bytes of a file that are shown as text; more are to be fetched as they are. */
export const MAX_SHOWN_BYTES = 1_048_576;

/** A piece of a file, compressed by itself. */
export interface FileChunk {
  readonly fileId: string;
  readonly bytes: Uint8Array;
}

/** Pieces of files, in their order within each; of a file with more plain bytes than `maxBytes`, none. */
export function findFileChunks(tx: Transaction, ids: readonly string[], maxBytes: number): Promise<FileChunk[]> {
  return tx.query(
    `select chunk.file_id as "fileId", chunk.bytes
     from files join file_chunks as chunk on chunk.file_id = files.id
     where files.id = any($1) and files.size <= $2 order by chunk.file_id, chunk.seq`,
    [ids, maxBytes],
  );
}

/** All pieces of one file as one. Decompresses off the event loop. */
export async function plainFile(chunks: readonly FileChunk[]): Promise<Uint8Array> {
  return Buffer.concat(await Promise.all(chunks.map(({ bytes }) => decompress(bytes))));
}
