import { findUsualRates } from "../store/read/find-webhooks.ts";
import { inOrder, type LoaderSpec, reading } from "./define-loader.ts";

/** Calls an hour that usually come at a source; undefined where none came. A loader of its own: it reads some 20,000 rows a source. */
export const webhookRateBySource: LoaderSpec<string, number | undefined> = {
  key: (sourceId) => sourceId,
  maxBatch: 200,
  load: reading(async (tx, ids) => {
    const found = inOrder(ids, await findUsualRates(tx, ids), (row) => row.sourceId);
    return found.map((row) => row?.perHour);
  }),
};
