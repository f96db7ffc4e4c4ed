import { operationById } from "./by-id.ts";

/** Quarantined records by global id; undefined where there is none. */
export const quarantinedRecordById = operationById("QuarantinedRecord");
