import type { Logger } from "pino";
import { ServiceError } from "../domain/error.ts";
import type { Source } from "../upstream/source.ts";
import type { Files } from "./files.ts";

/**
 * Makes what a sync run calls with each file that its upstream gave. A file that is refused stops no run: it stands in
 * quarantine. Nor does one that is larger than its source takes: it would stop every run to come, at the same place.
 */
export function takeArrivals(files: Pick<Files, "take">, log: Logger) {
  return async (
    { tenantId, id: sourceId }: Source,
    { name, bytes }: { readonly name: string; readonly bytes: Uint8Array },
    signal: AbortSignal,
  ): Promise<void> => {
    try {
      await files.take({ tenantId, sourceId, name, way: "POLL", bytes: once(bytes), signal });
    } catch (reason) {
      if (!(reason instanceof ServiceError) || reason.code !== "PAYLOAD_TOO_LARGE") throw reason;
      log.warn({ sourceId, name, size: bytes.byteLength }, "a polled file is too large, and left out");
    }
    signal.throwIfAborted();
  };
}

// oxlint-disable-next-line typescript/require-await -- a stream of what is there already
async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array, void> {
  yield bytes;
}
