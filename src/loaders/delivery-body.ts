import { findDeliveryBodies } from "../store/read/find-raw.ts";
import { inOrder, type LoaderSpec, reading } from "./define-loader.ts";

/** A delivery's body as it was received, by the delivery's id; undefined when it is gone. */
export const deliveryBody: LoaderSpec<string, Uint8Array | undefined> = {
  key: (id) => id,
  maxBatch: 20, // a body may have a megabyte
  load: reading(async (tx, ids) => {
    const found = inOrder(ids, await findDeliveryBodies(tx, ids), (row) => row.id);
    return found.map((row) => row?.body);
  }),
};
