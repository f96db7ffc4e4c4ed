import { entityById } from "./by-id.ts";

/** Refunds by global id, the deleted ones too; undefined where there is none. */
export const refundById = entityById("Refund");
