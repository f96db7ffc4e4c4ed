import { LEDGER_ENTRIES_BY_ACCOUNT } from "../store/read/child-lists.ts";
import { children } from "./children.ts";

/** A page of an account's ledger, newest first. */
export const ledgerEntriesByAccount = children(LEDGER_ENTRIES_BY_ACCOUNT);
