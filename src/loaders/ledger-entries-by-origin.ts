import { LEDGER_ENTRIES_BY_ORIGIN } from "../store/read/child-lists.ts";
import { children } from "./children.ts";

/** A page of the ledger lines that came from an attempt, a refund, a dispute or a payout, newest first. */
export const ledgerEntriesByOrigin = children(LEDGER_ENTRIES_BY_ORIGIN);
