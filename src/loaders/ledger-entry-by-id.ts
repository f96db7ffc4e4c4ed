import { entityById } from "./by-id.ts";

/** Ledger entries by global id, the deleted ones too; undefined where there is none. */
export const ledgerEntryById = entityById("LedgerEntry");
