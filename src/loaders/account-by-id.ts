import { entityById } from "./by-id.ts";

/** Accounts by global id, the deleted ones too; undefined where there is none. */
export const accountById = entityById("Account");
