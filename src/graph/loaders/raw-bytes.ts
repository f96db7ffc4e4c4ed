import type { RawPayloadRow } from "../../store/queries/operation-rows.ts";
import { type ConflictKey, findConflictBodies } from "../queries/find-deliveries.ts";
import {
  MAX_RETURNED_BYTES,
  type PayloadKey,
  findFileChunks,
  findPayloadBytes,
  findPayloads,
  plainBytes,
  plainFile,
} from "../queries/find-raw.ts";
import { findDeliveryBodies } from "../../store/queries/find-delivery-bodies.ts";
import { type LoaderSpec, grouped, inOrder, reading } from "./define-loader.ts";

/** Loads a payload's bytes as received; undefined if they are deleted. Decompressed after the transaction. */
export const rawBody: LoaderSpec<PayloadKey, Uint8Array | undefined> = {
  key: payloadKey,
  maxBatch: 20, // payloads are list pages of up to a few megabytes
  load: async ({ database, tenantId }, keys) => {
    const stored = await database.read(tenantId, (tx) => findPayloadBytes(tx, keys));
    const found = inOrder(keys.map(payloadKey), stored, payloadKey);
    return Promise.all(found.map(async (payload) => (payload === undefined ? undefined : plainBytes(payload))));
  },
};

/** Returns text that is equal for equal keys. */
export function payloadKey({ sourceId, contentHash }: PayloadKey): string {
  return `${sourceId} ${contentHash}`;
}

/** Loads the metadata of a payload, without its bytes; undefined if it is deleted. */
export const rawPayload: LoaderSpec<PayloadKey, RawPayloadRow | undefined> = {
  key: payloadKey,
  maxBatch: 1_000,
  load: reading(async (tx, keys) => inOrder(keys.map(payloadKey), await findPayloads(tx, keys), payloadKey)),
};

/**
 * Loads a file's bytes by its global id, decompressed after the transaction; undefined if they are deleted or larger
 * than the display limit.
 */
export const fileBody: LoaderSpec<string, Uint8Array | undefined> = {
  key: (id) => id,
  maxBatch: 20, // each may have a megabyte
  load: async ({ database, tenantId }, ids) => {
    const chunks = await database.read(tenantId, (tx) => findFileChunks(tx, ids, MAX_RETURNED_BYTES));
    const files = grouped(ids, chunks, ({ fileId }) => fileId);
    return Promise.all(files.map(async (some) => (some.length === 0 ? undefined : plainFile(some))));
  },
};

/** Loads a delivery's body as received, by the delivery's id; undefined if it is deleted. */
export const deliveryBody: LoaderSpec<string, Uint8Array | undefined> = {
  key: (id) => id,
  maxBatch: 20, // a body may have a megabyte
  load: reading(async (tx, ids) => {
    const found = inOrder(ids, await findDeliveryBodies(tx, ids), (row) => row.id);
    return found.map((row) => row?.body);
  }),
};

/** Loads another body that was received under the id of a delivery; undefined if it is deleted. */
export const conflictBody: LoaderSpec<ConflictKey, Uint8Array | undefined> = {
  key: conflictKey,
  maxBatch: 20, // a body may have a megabyte
  load: reading(async (tx, keys) => {
    const found = inOrder(keys.map(conflictKey), await findConflictBodies(tx, keys), conflictKey);
    return found.map((row) => row?.body);
  }),
};

function conflictKey({ deliveryId, contentHash }: ConflictKey): string {
  return `${deliveryId} ${contentHash}`;
}
