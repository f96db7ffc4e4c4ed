import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { ServiceError } from "../../domain/error.ts";
import { tooLarge } from "./frames.ts";

const unzip = promisify(gunzip);

/**
 * Returns a compressed message as it was before.
 * @throws ServiceError UPSTREAM_MALFORMED above the limit or for an encoding that we do not offer, UPSTREAM_GARBLED for
 * damaged data
 */
export async function inflate(data: Uint8Array, encoding: string | undefined, maxBytes: number): Promise<Uint8Array> {
  if (encoding !== "gzip") {
    throw new ServiceError("UPSTREAM_MALFORMED", "a message of the answer is compressed in a way that was not offered");
  }
  try {
    return await unzip(data, { maxOutputLength: maxBytes });
  } catch (reason) {
    if ((reason as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") throw tooLarge(maxBytes);
    throw new ServiceError("UPSTREAM_GARBLED", "a message's gzip data is cut off or damaged", { cause: reason });
  }
}
