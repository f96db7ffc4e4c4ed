import { entityById } from "./by-id.ts";

/** Disputes by global id, the deleted ones too; undefined where there is none. */
export const disputeById = entityById("Dispute");
