import type Stripe from "stripe";

/**
 * The shapes are those of the official SDK, so that the compiler compares our objects with them; only the types are
 * used. References are ids here: expansion happens when a response is written.
 */
type Unexpanded<T> = {
  [K in keyof T]: string extends T[K] ? Extract<T[K], string | null | undefined> : T[K];
};

export type Customer = Unexpanded<Stripe.Customer>;
export type PaymentIntent = Unexpanded<Stripe.PaymentIntent>;
export type Charge = Unexpanded<Stripe.Charge>;
export type Refund = Unexpanded<Stripe.Refund>;
export type Dispute = Unexpanded<Stripe.Dispute>;
export type Payout = Unexpanded<Stripe.Payout>;
export type BalanceTransaction = Unexpanded<Stripe.BalanceTransaction>;
export type Balance = Stripe.Balance;
export type EventType = Stripe.Event.Type;

/** Objects that operations read and change, by their `object` name. */
export interface ObjectTypes {
  readonly customer: Customer;
  readonly payment_intent: PaymentIntent;
  readonly charge: Charge;
  readonly refund: Refund;
  readonly dispute: Dispute;
  readonly payout: Payout;
  readonly balance_transaction: BalanceTransaction;
}
export type ObjectType = keyof ObjectTypes;

/** Everything that is stored and listed. Events are kept as text only: they never change. */
export type StoredType = ObjectType | "event";

export const STORED_TYPES: readonly StoredType[] = [
  "customer",
  "payment_intent",
  "charge",
  "refund",
  "dispute",
  "payout",
  "balance_transaction",
  "event",
];

/** The version that the sandbox implements, and that the pinned SDK sends. */
export const API_VERSION = "2026-10-28.endive";
