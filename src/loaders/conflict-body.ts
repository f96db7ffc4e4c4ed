import { type ConflictKey, findConflictBodies } from "../store/read/find-deliveries.ts";
import { inOrder, type LoaderSpec, reading } from "./define-loader.ts";

/** Another body that came under the id of a delivery, as it was received; undefined when it is gone. */
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
