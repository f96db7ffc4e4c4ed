import { SOURCE_ID } from "../../domain/ids.ts";
import type { FileRow, SourceRow } from "../../store/queries/operation-rows.ts";
import { type PayloadKey, findFilesByContent } from "../queries/find-raw.ts";
import { findApiKeys } from "../queries/find-api-keys.ts";
import { findSources } from "../queries/find-sources.ts";
import { operationById, rowById } from "./by-id.ts";
import { type LoaderSpec, inOrder, reading } from "./define-loader.ts";
import { payloadKey } from "./raw-bytes.ts";

/** API keys by id; undefined if there is none. */
export const apiKeyById = rowById(findApiKeys);

/** Deliveries by global id; undefined if there is none. */
export const deliveryById = operationById("Delivery");

/** Files by global id; undefined if there is none. */
export const fileById = operationById("File");

/** Findings by global id; undefined if there is none. */
export const findingById = operationById("Finding");

/** Quarantined records by global id; undefined if there is none. */
export const quarantinedRecordById = operationById("QuarantinedRecord");

/** Runs by global id; undefined if there is none. */
export const syncRunById = operationById("SyncRun");

/** Sources by name; undefined if there is none. */
export const sourceById: LoaderSpec<string, SourceRow | undefined> = {
  key: (id) => id,
  maxBatch: 1_000,
  load: reading(async (tx, ids) => {
    const possible = ids.filter((id) => SOURCE_ID.test(id));
    return inOrder(ids, await findSources(tx, possible), (row) => row.id);
  }),
};

/** The file of a source with this content; undefined if there is none. */
export const fileByContent: LoaderSpec<PayloadKey, FileRow | undefined> = {
  key: payloadKey,
  maxBatch: 1_000,
  load: reading(async (tx, keys) => inOrder(keys.map(payloadKey), await findFilesByContent(tx, keys), payloadKey)),
};
