import type { SyncedRow } from "../src/graph/loaders/models.ts";

/** Returns the location of an object's bytes; null if none were kept. */
export function rawPointerOf({
  sourceId,
  rawHash,
  deliveryId,
  rawPath,
}: Pick<SyncedRow, "sourceId" | "rawHash" | "deliveryId" | "rawPath">) {
  return rawHash === null && deliveryId === null ? null : { sourceId, rawHash, deliveryId, path: rawPath };
}
