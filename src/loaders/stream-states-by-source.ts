import type { StreamStateRow } from "../store/read/operation-rows.ts";
import { findStreamStates } from "../store/read/find-sources.ts";
import { grouped, type LoaderSpec, reading } from "./define-loader.ts";

/** State of each stream of a source, by name. */
export const streamStatesBySource: LoaderSpec<string, readonly StreamStateRow[]> = {
  key: (sourceId) => sourceId,
  maxBatch: 200,
  load: reading(async (tx, ids) => grouped(ids, await findStreamStates(tx, ids), (row) => row.sourceId)),
};
