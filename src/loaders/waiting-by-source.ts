import { countWaiting, type WaitingRow } from "../store/read/find-webhooks.ts";
import { inOrder, type LoaderSpec, reading } from "./define-loader.ts";

/** How many deliveries of a source are not done. */
export const waitingBySource: LoaderSpec<string, WaitingRow | undefined> = {
  key: (sourceId) => sourceId,
  maxBatch: 200,
  load: reading(async (tx, ids) => inOrder(ids, await countWaiting(tx, ids), (row) => row.sourceId)),
};
