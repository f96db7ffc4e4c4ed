import type { Account } from "./account.ts";

/** What Stripe itself books: its type and category, and whether it takes money. */
const MOVEMENTS = {
  loanPayout: { type: "advance", reportingCategory: "advance", sign: 1 },
  loanRepayment: { type: "anticipation_repayment", reportingCategory: "anticipation_repayment", sign: -1 },
  reserveHold: { type: "reserve_hold", reportingCategory: "risk_reserved_funds", sign: -1 },
  reserveRelease: { type: "reserve_release", reportingCategory: "risk_reserved_funds", sign: 1 },
  fee: { type: "stripe_fee", reportingCategory: "fee", sign: -1 },
  tax: { type: "tax_fee", reportingCategory: "tax", sign: -1 },
  correction: { type: "adjustment", reportingCategory: "other_adjustment", sign: 1 },
} as const;

export type MovementName = keyof typeof MOVEMENTS;
export const MOVEMENT_NAMES = Object.keys(MOVEMENTS) as [MovementName, ...MovementName[]];

/** Books money that no payment, refund or dispute is the source of; it counts at once. Returns the id of the entry. */
export function bookMovement(
  { ledger }: Account,
  { kind, currency, amount }: { readonly kind: MovementName; readonly currency: string; readonly amount: number },
): string {
  const { sign, ...movement } = MOVEMENTS[kind];
  return ledger.book({
    ...movement,
    amount: sign * amount,
    fee: 0,
    currency,
    source: null,
    description: null,
    availableAfterS: 0,
  }).id;
}
