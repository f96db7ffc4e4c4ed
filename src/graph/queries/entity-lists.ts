import { ACCOUNTS } from "./list-accounts.ts";
import { BANK_TRANSACTIONS } from "./list-bank-transactions.ts";
import { DISPUTES } from "./list-disputes.ts";
import { LEDGER_ENTRIES } from "./list-ledger-entries.ts";
import { PARTIES } from "./list-parties.ts";
import { PAYMENTS } from "./list-payments.ts";
import { PAYOUTS } from "./list-payouts.ts";
import { REFUNDS } from "./list-refunds.ts";
import { STATEMENTS } from "./list-statements.ts";

/** The list of each kind of synced object that has one. */
export const ENTITY_LISTS = {
  Account: ACCOUNTS,
  BankTransaction: BANK_TRANSACTIONS,
  Dispute: DISPUTES,
  LedgerEntry: LEDGER_ENTRIES,
  Party: PARTIES,
  Payment: PAYMENTS,
  Payout: PAYOUTS,
  Refund: REFUNDS,
  Statement: STATEMENTS,
};
