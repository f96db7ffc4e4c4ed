import { entityById } from "./by-id.ts";

/** Accounts by global id, including deleted ones; undefined if there is none. */
export const accountById = entityById("Account");

/** Payment attempts by global id, including deleted ones; undefined if there is none. */
export const attemptById = entityById("PaymentAttempt");

/** Bank transactions by global id, including deleted ones; undefined if there is none. */
export const bankTransactionById = entityById("BankTransaction");

/** Disputes by global id, including deleted ones; undefined if there is none. */
export const disputeById = entityById("Dispute");

/** Ledger entries by global id, including deleted ones; undefined if there is none. */
export const ledgerEntryById = entityById("LedgerEntry");

/** Parties by global id, including deleted ones; undefined if there is none. */
export const partyById = entityById("Party");

/** Payments by global id, including deleted ones; undefined if there is none. */
export const paymentById = entityById("Payment");

/** Payouts by global id, including deleted ones; undefined if there is none. */
export const payoutById = entityById("Payout");

/** Refunds by global id, including deleted ones; undefined if there is none. */
export const refundById = entityById("Refund");

/** Statements by global id, including deleted ones; undefined if there is none. */
export const statementById = entityById("Statement");
