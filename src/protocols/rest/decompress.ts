import { promisify } from "node:util";
import { brotliDecompress, gunzip } from "node:zlib";
import { ServiceError } from "../../domain/error.ts";

const DECODERS = new Map([
  ["gzip", promisify(gunzip)],
  ["x-gzip", promisify(gunzip)],
  ["br", promisify(brotliDecompress)],
]);

/** Value of `Accept-Encoding`: JSON pages shrink to about a tenth. */
export const ACCEPTED_ENCODINGS = "gzip, br";

/**
 * Decompresses the body, off the event loop, and never to more than `maxBytes`: a few kilobytes can expand to
 * gigabytes.
 * @throws ServiceError UPSTREAM_GARBLED for data that is cut off or damaged | UPSTREAM_MALFORMED for an encoding that
 * was not requested, or too large a body
 */
export async function decompress(
  body: Uint8Array,
  encoding: string | undefined,
  maxBytes: number,
): Promise<Uint8Array> {
  const name = encoding?.trim().toLowerCase() ?? "identity";
  if (name === "identity" || name === "" || body.length === 0) return body;
  const decode = DECODERS.get(name);
  if (decode === undefined) {
    throw new ServiceError("UPSTREAM_MALFORMED", `the answer's content encoding must be one of ${ACCEPTED_ENCODINGS}`);
  }
  try {
    return await decode(body, { maxOutputLength: maxBytes });
  } catch (reason) {
    // zlib rejects with Errors that have a code
    if ((reason as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") throw tooLarge(maxBytes);
    throw new ServiceError("UPSTREAM_GARBLED", `the answer's ${name} data is cut off or damaged`, { cause: reason });
  }
}

/**
 * Returns the error for a response above the size limit. Another request would return the same, so it is not retried.
 */
export function tooLarge(maxBytes: number): ServiceError {
  return new ServiceError("UPSTREAM_MALFORMED", `the answer must not exceed ${maxBytes} bytes`);
}
