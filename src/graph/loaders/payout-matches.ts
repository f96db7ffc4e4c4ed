import { decimalText } from "../../domain/money.ts";
import { type PayoutMatchRow, matchPayouts, matchTransactions } from "../queries/match-payouts.ts";
import { type LoaderSpec, inOrder, reading } from "./define-loader.ts";

/** Loads the bank transaction that a payout arrived as; undefined if none is known. */
export const matchByPayout: LoaderSpec<string, PayoutMatchModel | undefined> = {
  key: (payoutId) => payoutId,
  maxBatch: 200, // each has candidates, and those have competing payouts
  load: reading(async (tx, ids) => {
    const matches = (await matchPayouts(tx, ids)).map(explainMatch);
    return inOrder(ids, matches, ({ payoutId }) => payoutId);
  }),
};

/** Loads the payout that arrived as a bank transaction; undefined if none is known. */
export const matchByTransaction: LoaderSpec<string, PayoutMatchModel | undefined> = {
  key: (transactionId) => transactionId,
  maxBatch: 200, // each has candidates, and those have competing transactions
  load: reading(async (tx, ids) => {
    const matches = (await matchTransactions(tx, ids)).map(explainMatch);
    return inOrder(ids, matches, ({ transactionId }) => transactionId);
  }),
};

/** Reasons for which a payout and a transaction are considered the same movement. */
export type PayoutMatchReason = "REFERENCE" | "AMOUNT" | "DATE" | "ONLY_ONE";

/** A payout, the bank transaction that it arrived as, and the reasons for the match. */
export interface PayoutMatchModel {
  readonly payoutId: string;
  readonly transactionId: string;
  readonly reasons: readonly PayoutMatchReason[];
  readonly explanation: string;
}

/** Describes the reasons of a match. */
export function explainMatch(row: PayoutMatchRow): PayoutMatchModel {
  const { payoutId, transactionId, name } = row;
  const isDebit = row.amountMinor < 0n;
  const amount = `${decimalText(isDebit ? -row.amountMinor : row.amountMinor, row.exponent)} ${row.currency}`;
  const facts = `${amount} ${isDebit ? "was debited from the account" : "arrived"} on ${row.day}, ${lateness(row)}`;
  if (name !== null) {
    const explanation = `The transaction refers to the payout: it contains ${name}. ${facts}.`;
    return { payoutId, transactionId, reasons: ["REFERENCE", "AMOUNT", "DATE"], explanation };
  }
  const explanation = `${facts}. No reference confirms it, but no other ${isDebit ? "debit" : "credit"} and no other payout of this amount is possible.`;
  return { payoutId, transactionId, reasons: ["AMOUNT", "DATE", "ONLY_ONE"], explanation };
}

const DAY_MS = 86_400_000;

function lateness({ day, arrivalDate }: PayoutMatchRow): string {
  const days = Math.round((Date.parse(day) - Date.parse(arrivalDate)) / DAY_MS); // both are midnight in UTC
  if (days === 0) return "the day that it was expected";
  const count = Math.abs(days) === 1 ? "1 day" : `${Math.abs(days)} days`;
  return `${count} ${days < 0 ? "before" : "after"} the ${arrivalDate} that it was expected`;
}
