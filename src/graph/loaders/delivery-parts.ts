import {
  type DeliveryAttemptRow,
  type DeliveryConflictRow,
  type DeliveryEffectRow,
  findAttempts,
  findConflicts,
  findEffects,
} from "../queries/find-deliveries.ts";
import { type LoaderSpec, grouped, inOrder, reading } from "./define-loader.ts";

/** Loads other bodies received under the id of a delivery, in order of arrival. */
export const conflictsByDelivery: LoaderSpec<string, readonly DeliveryConflictRow[]> = {
  key: (deliveryId) => deliveryId,
  maxBatch: 1_000,
  load: reading(async (tx, ids) => grouped(ids, await findConflicts(tx, ids), (row) => row.deliveryId)),
};

/** Loads the effects of a delivery when it was last applied. */
export const effectsByDelivery: LoaderSpec<string, readonly DeliveryEffectRow[]> = {
  key: (deliveryId) => deliveryId,
  maxBatch: 1_000,
  load: reading(async (tx, ids) => {
    const found = inOrder(ids, await findEffects(tx, ids), (row) => row.deliveryId);
    return found.map((row) => row?.effects ?? []);
  }),
};

/** Maximum number of attempts that are returned for one delivery. */
const MAX_ATTEMPTS = 100;

/** Loads the recorded attempts of a delivery, the oldest first. */
export const historyByDelivery: LoaderSpec<string, readonly DeliveryAttemptRow[]> = {
  key: (deliveryId) => deliveryId,
  maxBatch: 1_000,
  load: reading(async (tx, ids) => grouped(ids, await findAttempts(tx, ids, MAX_ATTEMPTS), (row) => row.deliveryId)),
};
