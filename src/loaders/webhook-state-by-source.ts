import { findWebhookStates, type WebhookStateRow } from "../store/read/find-webhooks.ts";
import { inOrder, type LoaderSpec, reading } from "./define-loader.ts";

/** How the webhooks of a source do, of late; undefined for a source that is not there. */
export const webhookStateBySource: LoaderSpec<string, WebhookStateRow | undefined> = {
  key: (sourceId) => sourceId,
  maxBatch: 200,
  load: reading(async (tx, ids) => inOrder(ids, await findWebhookStates(tx, ids), (row) => row.sourceId)),
};
