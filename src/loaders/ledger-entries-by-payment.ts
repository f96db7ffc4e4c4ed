import { LEDGER_ENTRIES_BY_PAYMENT } from "../store/read/child-lists.ts";
import { children } from "./children.ts";

/** A page of the ledger lines of a payment's attempts, refunds and disputes, newest first. */
export const ledgerEntriesByPayment = children(LEDGER_ENTRIES_BY_PAYMENT);
