import { findPayloadBytes, type PayloadKey, plainBytes } from "../store/read/find-raw.ts";
import { inOrder, type LoaderSpec } from "./define-loader.ts";
import { payloadKey } from "./raw-payload.ts";

/** A payload's bytes as they were received; undefined when they are gone. Decompressed after the transaction. */
export const rawBody: LoaderSpec<PayloadKey, Uint8Array | undefined> = {
  key: payloadKey,
  maxBatch: 20, // payloads are list pages of up to some megabytes
  load: async ({ database, tenantId }, keys) => {
    const stored = await database.read(tenantId, (tx) => findPayloadBytes(tx, keys));
    const found = inOrder(keys.map(payloadKey), stored, payloadKey);
    return Promise.all(found.map(async (held) => (held === undefined ? undefined : plainBytes(held))));
  },
};
