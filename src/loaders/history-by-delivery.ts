import { type DeliveryAttemptRow, findAttempts } from "../store/read/find-deliveries.ts";
import { grouped, type LoaderSpec, reading } from "./define-loader.ts";

/** Tries of one delivery that are shown, at most. */
const MAX_ATTEMPTS = 100;

/** The tries of a delivery that were written down, the oldest first. */
export const historyByDelivery: LoaderSpec<string, readonly DeliveryAttemptRow[]> = {
  key: (deliveryId) => deliveryId,
  maxBatch: 1_000,
  load: reading(async (tx, ids) => grouped(ids, await findAttempts(tx, ids, MAX_ATTEMPTS), (row) => row.deliveryId)),
};
