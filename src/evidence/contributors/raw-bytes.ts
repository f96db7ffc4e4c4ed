import { promisify } from "node:util";
import { zstdDecompress } from "node:zlib";
import { type Contributor, inPieces, type PackSource } from "./contributor.ts";
import { OBJECT_TABLES } from "./objects.ts";
import { OF_SOURCES, periodValues, scopedRows, scopeValues } from "./scope.ts";

const decompress = promisify(zstdDecompress);
/** Rows in memory at a time: each may have a megabyte. */
const LARGE_ROWS = 10;

/** The bytes that the objects were read from, each content once: API answers, webhooks with their signatures, files. */
export const rawBytes: Contributor = {
  name: "raw bytes",
  members: (source) => [
    { name: "raw/payloads.jsonl", bytes: inPieces(payloads(source), source.onWritten) },
    { name: "raw/deliveries.jsonl", bytes: inPieces(deliveries(source), source.onWritten) },
    { name: "raw/files.jsonl", bytes: inPieces(files(source), source.onWritten) },
  ],
};

interface Payload extends Record<string, unknown> {
  readonly sourceId: string;
  readonly contentHash: string;
  readonly mediaType: string;
  readonly encoding: string;
  readonly bytes: Buffer;
}

async function* payloads(source: PackSource): AsyncGenerator<string, void> {
  const referred = OBJECT_TABLES.map(
    ({ table }) => `select source_id, raw_hash from ${scopedRows(source, table)} where raw_hash is not null`,
  );
  const rows = source.rows<Payload>(
    `select payload.source_id as "sourceId", payload.content_hash as "contentHash", media_type as "mediaType", encoding,
       bytes
     from (${referred.join(" union ")}) as referred
     join raw_payloads as payload on payload.source_id = referred.source_id and payload.content_hash = referred.raw_hash
     order by payload.source_id collate "C", payload.content_hash collate "C"`,
    scopeValues(source),
    LARGE_ROWS,
  );
  for await (const { sourceId, contentHash, mediaType, encoding, bytes } of rows) {
    const plain = encoding === "zstd" ? await decompress(bytes) : bytes;
    yield JSON.stringify({ sourceId, contentHash, mediaType, bytes: plain.toString("base64") });
  }
}

interface Delivery extends Record<string, unknown> {
  readonly id: string;
  readonly sourceId: string;
  readonly deliveryKey: string;
  readonly eventType: string | null;
  readonly receivedAt: string;
  readonly status: string;
  readonly contentHash: string;
  readonly verification: unknown;
  readonly body: Buffer | null;
}

/** With how each was signed: the scheme, the name of the key and the signed time. The secret is not included. */
async function* deliveries(source: PackSource): AsyncGenerator<string, void> {
  const rows = source.rows<Delivery>(
    `select id, source_id as "sourceId", delivery_key as "deliveryKey", event_type as "eventType",
       delivery.received_at as "receivedAt", status, content_hash as "contentHash", verification,
       (select body from delivery_bodies where delivery_id = delivery.id limit 1) as body
     from deliveries as delivery
     where delivery.received_at >= $1::timestamptz and delivery.received_at < $2::timestamptz
       and ${OF_SOURCES}
     order by delivery.received_at, id`,
    periodValues(source),
    LARGE_ROWS,
  );
  for await (const { body, ...row } of rows) {
    const { id, sourceId, deliveryKey, eventType, receivedAt, status, contentHash, verification } = row;
    const bytes = body?.toString("base64") ?? null;
    yield JSON.stringify({
      id,
      sourceId,
      deliveryKey,
      eventType,
      receivedAt,
      status,
      contentHash,
      verification,
      bytes,
    });
  }
}

interface Chunk extends Record<string, unknown> {
  readonly id: string;
  readonly seq: number;
  readonly sourceId: string;
  readonly name: string;
  readonly contentHash: string;
  readonly bytes: Buffer;
}

/** Files in pieces, because one may be larger than memory. */
async function* files(source: PackSource): AsyncGenerator<string, void> {
  const rows = source.rows<Chunk>(
    `select files.id, chunk.seq, files.source_id as "sourceId", files.name, files.content_hash as "contentHash",
       chunk.bytes
     from files join file_chunks as chunk on chunk.file_id = files.id
     where files.received_at >= $1::timestamptz and files.received_at < $2::timestamptz
       and ($3::text[] is null or files.source_id = any($3))
     order by files.received_at, files.id, chunk.seq`,
    periodValues(source),
    LARGE_ROWS,
  );
  for await (const { id, seq, sourceId, name, contentHash, bytes } of rows) {
    const plain = await decompress(bytes);
    yield JSON.stringify({ id, seq, sourceId, name, contentHash, bytes: plain.toString("base64") });
  }
}
