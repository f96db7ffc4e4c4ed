import type { Logger } from "pino";
import { ServiceError } from "../../domain/error.ts";
import type { Source } from "../../sources/source.ts";
import type { Files } from "./files.ts";

/**
 * Creates the function that a sync run calls with each file from its upstream. A refused file stops no run: it is in
 * quarantine. A file that is larger than its source accepts does not stop it either: it would stop every future run at
 * the same place.
 */
export function takeArrivals(files: Pick<Files, "take">, log: Logger) {
  return async (
    { tenantId, id: sourceId }: Source,
    { name, bytes }: { readonly name: string; readonly bytes: Uint8Array },
    signal: AbortSignal,
  ): Promise<void> => {
    try {
      await files.take({ tenantId, sourceId, name, origin: "POLL", bytes: once(bytes), signal });
    } catch (reason) {
      if (!(reason instanceof ServiceError) || reason.code !== "PAYLOAD_TOO_LARGE") throw reason;
      log.warn({ sourceId, name, size: bytes.byteLength }, "a polled file is too large and was skipped");
    }
    signal.throwIfAborted();
  };
}

// oxlint-disable-next-line typescript/require-await -- a stream of what is there already
async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array, void> {
  yield bytes;
}
