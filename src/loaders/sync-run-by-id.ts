import { operationById } from "./by-id.ts";

/** Runs by global id; undefined where there is none. */
export const syncRunById = operationById("SyncRun");
