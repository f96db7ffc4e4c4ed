import { type DeliveryConflictRow, findConflicts } from "../store/read/find-deliveries.ts";
import { grouped, type LoaderSpec, reading } from "./define-loader.ts";

/** Other bodies that came under the id of a delivery, the first that came first. */
export const conflictsByDelivery: LoaderSpec<string, readonly DeliveryConflictRow[]> = {
  key: (deliveryId) => deliveryId,
  maxBatch: 1_000,
  load: reading(async (tx, ids) => grouped(ids, await findConflicts(tx, ids), (row) => row.deliveryId)),
};
