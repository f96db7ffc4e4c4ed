import { promisify } from "node:util";
import { zstdDecompress } from "node:zlib";
import type { Transaction } from "../database.ts";
import type { RawPayloadRow } from "./operation-rows.ts";

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
  return tx.query("select id, body from deliveries where id = any($1)", [ids]);
}

const decompress = promisify(zstdDecompress);

/** The bytes as they were received. Decompresses off the event loop. */
export async function plainBytes({ encoding, bytes }: StoredBytes): Promise<Uint8Array> {
  return encoding === "zstd" ? await decompress(bytes) : bytes;
}
