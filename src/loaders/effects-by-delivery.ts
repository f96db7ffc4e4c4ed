import { type DeliveryEffectRow, findEffects } from "../store/read/find-deliveries.ts";
import { inOrder, type LoaderSpec, reading } from "./define-loader.ts";

/** What a delivery did when it was last applied. */
export const effectsByDelivery: LoaderSpec<string, readonly DeliveryEffectRow[]> = {
  key: (deliveryId) => deliveryId,
  maxBatch: 1_000,
  load: reading(async (tx, ids) => {
    const found = inOrder(ids, await findEffects(tx, ids), (row) => row.deliveryId);
    return found.map((row) => row?.effects ?? []);
  }),
};
