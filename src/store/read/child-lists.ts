/*
 * Which children belong to which parent: conditions for `findChildren`, each over an index that gives the children in
 * their order.
 */

export const ATTEMPTS_BY_PAYMENT = { type: "PaymentAttempt", belongs: "child.payment_id = parent.id" } as const;
export const REFUNDS_BY_PAYMENT = { type: "Refund", belongs: "child.payment_id = parent.id" } as const;
export const DISPUTES_BY_PAYMENT = { type: "Dispute", belongs: "child.payment_id = parent.id" } as const;
export const PAYMENTS_BY_DEBTOR = { type: "Payment", belongs: "child.debtor_id = parent.id" } as const;
export const PAYOUTS_BY_DESTINATION = { type: "Payout", belongs: "child.destination_id = parent.id" } as const;
export const BALANCES_BY_ACCOUNT = { type: "Balance", belongs: "child.account_id = parent.id" } as const;
export const LEDGER_ENTRIES_BY_ACCOUNT = { type: "LedgerEntry", belongs: "child.account_id = parent.id" } as const;
export const LEDGER_ENTRIES_BY_ORIGIN = { type: "LedgerEntry", belongs: "child.origin_id = parent.id" } as const;
/** A payment is the origin of no line itself: its attempts, refunds and disputes are. */
export const LEDGER_ENTRIES_BY_PAYMENT = {
  type: "LedgerEntry",
  belongs: `child.origin_id in (
    select id from payment_attempts where payment_id = parent.id
    union all select id from refunds where payment_id = parent.id
    union all select id from disputes where payment_id = parent.id)`,
} as const;
