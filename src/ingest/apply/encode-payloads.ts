import { hash } from "node:crypto";
import { promisify } from "node:util";
import { constants, zstdCompress } from "node:zlib";
import type { RawPayload } from "../../connector-api/messages.ts";
import type { Applicable, EncodedPayload, EncodedPayloads } from "./applicable.ts";

const compress = promisify(zstdCompress);
/** Below this size, the header of a frame is larger than the bytes that compression saves. */
const MIN_COMPRESSED_BYTES = 512;
/** One chunk is large enough for a compressed page: each further one costs a turn of the event loop. */
const OPTIONS = { params: { [constants.ZSTD_c_compressionLevel]: 1 }, chunkSize: 256 * 1024 };

/** Hashes and compresses (off the event loop) the payloads that the items point into, each once. */
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
  return { contentHash, mediaType, encoding: "zstd", bytes: await compress(bytes, OPTIONS) };
}
