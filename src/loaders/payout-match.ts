import { decimalText } from "../domain/money.ts";
import type { PayoutMatchRow } from "../store/read/match-payouts.ts";

/** Why a payout and a transaction are taken for the same movement. */
export type PayoutMatchReason = "REFERENCE" | "AMOUNT" | "DATE" | "ONLY_ONE";

/** A payout and the bank transaction that it arrived as, and why. */
export interface PayoutMatchModel {
  readonly payoutId: string;
  readonly transactionId: string;
  readonly reasons: readonly PayoutMatchReason[];
  readonly explanation: string;
}

/** The match in words. */
export function explainMatch(row: PayoutMatchRow): PayoutMatchModel {
  const { payoutId, transactionId, name } = row;
  const amount = `${decimalText(row.amountMinor, row.exponent)} ${row.currency}`;
  const facts = `${amount} arrived on ${row.day}, ${lateness(row)}`;
  if (name !== null) {
    const explanation = `The transaction names the payout: ${name} stands in it. ${facts}.`;
    return { payoutId, transactionId, reasons: ["REFERENCE", "AMOUNT", "DATE"], explanation };
  }
  const explanation = `${facts}. No reference confirms it, but no other credit and no other payout of this amount is possible.`;
  return { payoutId, transactionId, reasons: ["AMOUNT", "DATE", "ONLY_ONE"], explanation };
}

const DAY_MS = 86_400_000;

function lateness({ day, arrivalDate }: PayoutMatchRow): string {
  const days = Math.round((Date.parse(day) - Date.parse(arrivalDate)) / DAY_MS); // both are midnight in UTC
  if (days === 0) return "the day that it was expected";
  const count = Math.abs(days) === 1 ? "1 day" : `${Math.abs(days)} days`;
  return `${count} ${days < 0 ? "before" : "after"} the ${arrivalDate} that it was expected`;
}
