import { hash } from "node:crypto";
import { promisify } from "node:util";
import { constants, zstdCompress, zstdCompressSync } from "node:zlib";
import type { RawPayload } from "../../connector-api/messages.ts";
import type { Applicable, EncodedPayload, EncodedPayloads } from "./applicable.ts";

const compress = promisify(zstdCompress);
/** Below this size, the header of a frame is larger than the bytes that compression saves. */
const MIN_COMPRESSED_BYTES = 512;
/** Up to this size, to give the bytes to another thread costs several times as much as to compress them. */
const MAX_BYTES_AT_ONCE = 32 * 1024;
/** One chunk is large enough for a compressed page: each further one costs a turn of the event loop. */
const MAX_CHUNK_BYTES = 256 * 1024;
const PARAMS = { [constants.ZSTD_c_compressionLevel]: 1 };

/** Hashes and compresses the payloads that the items point into, each once; large ones off the event loop. */
export async function encodePayloads(items: readonly Applicable[]): Promise<EncodedPayloads> {
  const payloads = new Set<RawPayload>();
  for (const { message, deliveryId } of items) {
    if (message.type !== "hint" && deliveryId === undefined) payloads.add(message.raw.payload);
  }
  const encoded = await Promise.all([...payloads].map(async (payload) => [payload, await encode(payload)] as const));
  return new Map(encoded);
}

async function encode({ bytes, mediaType }: RawPayload): Promise<EncodedPayload> {
  const contentHash = hash("sha256", bytes, "hex");
  if (bytes.byteLength < MIN_COMPRESSED_BYTES) return { contentHash, mediaType, encoding: "identity", bytes };
  const options = { params: PARAMS, chunkSize: Math.min(MAX_CHUNK_BYTES, boundOf(bytes.byteLength)) };
  const isLarge = bytes.byteLength > MAX_BYTES_AT_ONCE;
  const compressed = isLarge ? await compress(bytes, options) : zstdCompressSync(bytes, options);
  return { contentHash, mediaType, encoding: "zstd", bytes: compressed };
}

/** Returns the largest size of a frame. Source: `ZSTD_COMPRESSBOUND` of zstd.h. */
function boundOf(size: number): number {
  return size + (size >> 8) + 64;
}
