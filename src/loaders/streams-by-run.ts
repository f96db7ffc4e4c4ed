import type { SyncRunStreamRow } from "../store/read/operation-rows.ts";
import { findRunStreams } from "../store/read/find-operations.ts";
import { grouped, type LoaderSpec, reading } from "./define-loader.ts";

/** Streams of a run, by name. */
export const streamsByRun: LoaderSpec<string, readonly SyncRunStreamRow[]> = {
  key: (runId) => runId,
  maxBatch: 200,
  load: reading(async (tx, ids) => grouped(ids, await findRunStreams(tx, ids), (row) => row.runId)),
};
