import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

/** Content codings that we produce. */
export type Encoding = "br" | "gzip";

/** A few per cent larger than at 11, and seconds faster for the largest file. */
const BROTLI_QUALITY = 9;

const compressBrotli = promisify(brotliCompress);
const compressGzip = promisify(gzip);

/**
 * Returns the first of our codings that a request's `Accept-Encoding` accepts; undefined for none. Source: RFC 9110,
 * section 12.5.3.
 */
export function acceptedEncoding(
  header: string | readonly string[] | undefined,
  ours: readonly Encoding[],
): Encoding | undefined {
  const refused = /;\s*q=0(\.0{0,3})?$/;
  const offers = String(header ?? "")
    .toLowerCase()
    .split(",")
    .map((offer) => offer.trim());
  const accepted = new Set(offers.filter((offer) => !refused.test(offer)).map((offer) => offer.split(";")[0]?.trim()));
  return ours.find((encoding) => accepted.has(encoding));
}

/** Compresses off the main thread. */
export function compress(content: Buffer, encoding: Encoding): Promise<Buffer> {
  if (encoding === "gzip") return compressGzip(content);
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: content.byteLength,
  };
  return compressBrotli(content, { params });
}
