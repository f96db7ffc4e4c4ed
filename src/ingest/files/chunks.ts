import { promisify } from "node:util";
import { constants, zstdCompress, zstdDecompress } from "node:zlib";
import type { Database, Transaction } from "../../store/database.ts";

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

/** Number of uncompressed bytes of a chunk. */
const CHUNK_BYTES = 256 * 1024;
/** Number of chunks of one SQL statement, for reading and writing: at most 2 MiB in memory. */
const CHUNKS_AT_A_TIME = 8;
const OPTIONS = { params: { [constants.ZSTD_c_compressionLevel]: 1 }, chunkSize: CHUNK_BYTES };

/** Stores a file's bytes, compressed off the event loop. */
export async function writeChunks(tx: Transaction, fileId: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  let first = 0;
  let waiting: Promise<Buffer>[] = [];
  const flush = async (): Promise<void> => {
    const chunks = await Promise.all(waiting);
    waiting = [];
    await insert(tx, fileId, first, chunks);
    first += chunks.length;
  };
  for await (const piece of inPiecesOf(CHUNK_BYTES, bytes)) {
    const chunk = compress(piece, OPTIONS);
    chunk.catch(() => undefined); // awaited in `flush`
    if (waiting.push(chunk) === CHUNKS_AT_A_TIME) await flush();
  }
  if (waiting.length > 0) await flush();
}

/** All chunks are sent as one binary parameter: an array of bytea would be sent as hexadecimal text, twice the size. */
async function insert(tx: Transaction, fileId: string, first: number, chunks: readonly Buffer[]): Promise<void> {
  let next = 1; // SQL counts from 1
  const starts = chunks.map(({ byteLength }) => {
    const start = next;
    next += byteLength;
    return start;
  });
  await tx.query(
    `insert into file_chunks (tenant_id, file_id, seq, bytes)
     select $1, $2, $3 + incoming.place - 1, substring($4::bytea from incoming.start for incoming.length)
     from unnest($5::int[], $6::int[]) with ordinality as incoming (start, length, place)`,
    [tx.tenantId, fileId, first, Buffer.concat(chunks), starts, chunks.map(({ byteLength }) => byteLength)],
  );
}

/**
 * Reads a stored file's uncompressed bytes, with a few chunks in memory at a time. No transaction is open while they
 * are used.
 */
export async function* readChunks(db: Database, tenantId: string, fileId: string): AsyncGenerator<Uint8Array, void> {
  for (let next = 0; ; next += CHUNKS_AT_A_TIME) {
    const rows = await db.read(tenantId, (tx) =>
      tx.query<{ bytes: Buffer }>(
        "select bytes from file_chunks where file_id = $1 and seq >= $2 and seq < $3 order by seq",
        [fileId, next, next + CHUNKS_AT_A_TIME],
      ),
    );
    for (const { bytes } of rows) yield await decompress(bytes, { maxOutputLength: CHUNK_BYTES });
    if (rows.length < CHUNKS_AT_A_TIME) return;
  }
}

/** Splits the bytes into pieces of exactly this size, except for the last one. */
async function* inPiecesOf(size: number, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  let open = Buffer.alloc(size);
  let filled = 0;
  for await (const piece of bytes) {
    for (let taken = 0; taken < piece.byteLength;) {
      const part = piece.subarray(taken, taken + size - filled);
      open.set(part, filled);
      taken += part.byteLength;
      filled += part.byteLength;
      if (filled < size) continue;
      yield open;
      open = Buffer.alloc(size); // the previous one is still being compressed
      filled = 0;
    }
  }
  if (filled > 0) yield open.subarray(0, filled);
}
