import { entityById } from "./by-id.ts";

/** Payouts by global id, the deleted ones too; undefined where there is none. */
export const payoutById = entityById("Payout");
