import { findPayloads, type PayloadKey } from "../store/read/find-raw.ts";
import type { RawPayloadRow } from "../store/read/operation-rows.ts";
import { inOrder, type LoaderSpec, reading } from "./define-loader.ts";

/** Text that is equal for equal keys. */
export function payloadKey({ sourceId, contentHash }: PayloadKey): string {
  return `${sourceId} ${contentHash}`;
}

/** What is known of a payload, without its bytes; undefined when it is gone. */
export const rawPayload: LoaderSpec<PayloadKey, RawPayloadRow | undefined> = {
  key: payloadKey,
  maxBatch: 1_000,
  load: reading(async (tx, keys) => inOrder(keys.map(payloadKey), await findPayloads(tx, keys), payloadKey)),
};
