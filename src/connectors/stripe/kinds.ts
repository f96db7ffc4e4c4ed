import type { z } from "zod";
import type { DateTime } from "../../domain/values.ts";
import type { EntityType } from "../../domain/ids.ts";
import { mapBalance } from "./map/balance.ts";
import { mapBalanceTransaction } from "./map/balance-transaction.ts";
import { mapCharge } from "./map/charge.ts";
import { mapCustomer } from "./map/customer.ts";
import { mapDispute } from "./map/dispute.ts";
import { mapPaymentIntent } from "./map/payment-intent.ts";
import { mapPayout } from "./map/payout.ts";
import { mapRefund } from "./map/refund.ts";
import type { Observation } from "./map/observation.ts";
import type { ContractFields } from "../../protocols/rest/contract-fields.ts";
import { DOCUMENTED_FIELDS } from "./wire/documented-fields.ts";
import { balanceWire } from "./wire/balance.ts";
import { balanceTransactionWire } from "./wire/balance-transaction.ts";
import { chargeWire } from "./wire/charge.ts";
import { customerWire } from "./wire/customer.ts";
import { disputeWire } from "./wire/dispute.ts";
import { paymentIntentWire } from "./wire/payment-intent.ts";
import { payoutWire } from "./wire/payout.ts";
import { refundWire } from "./wire/refund.ts";

/** Types of Stripe's objects that we sync, as in their `object` field. */
export type ObjectName =
  | "customer"
  | "payment_intent"
  | "charge"
  | "refund"
  | "dispute"
  | "payout"
  | "balance_transaction"
  | "balance";

/** Parser of one of Stripe's object types. */
export interface ObjectKind {
  /** Our type of the object; its content may also concern other objects. */
  readonly entity: EntityType;
  /**
   * Maps an item. `seenAt` returns when the state was observed, for values that are valid only at a moment.
   * @throws ZodError | ServiceError UPSTREAM_MALFORMED
   */
  observe(item: unknown, seenAt: () => DateTime): readonly Observation[];
  /** The fields that Stripe documents. */
  readonly fields: ContractFields;
}

function kindOf<Wire>(
  name: ObjectName,
  entity: EntityType,
  wire: z.ZodType<Wire>,
  map: (wire: Wire, seenAt: () => DateTime) => readonly Observation[],
): ObjectKind {
  return { entity, observe: (item, seenAt) => map(wire.parse(item), seenAt), fields: DOCUMENTED_FIELDS[name] };
}

/** Parsers by the name in the object's `object` field. */
export const KINDS = {
  customer: kindOf("customer", "Party", customerWire, mapCustomer),
  payment_intent: kindOf("payment_intent", "Payment", paymentIntentWire, mapPaymentIntent),
  charge: kindOf("charge", "PaymentAttempt", chargeWire, mapCharge),
  refund: kindOf("refund", "Refund", refundWire, mapRefund),
  dispute: kindOf("dispute", "Dispute", disputeWire, mapDispute),
  payout: kindOf("payout", "Payout", payoutWire, mapPayout),
  balance_transaction: kindOf("balance_transaction", "LedgerEntry", balanceTransactionWire, mapBalanceTransaction),
  balance: kindOf("balance", "Account", balanceWire, (wire, seenAt) => mapBalance(wire, seenAt())),
} as const satisfies Readonly<Record<ObjectName, ObjectKind>>;

/** Returns the name; undefined for an object that we do not sync. */
export function objectNameOf(name: string): ObjectName | undefined {
  return Object.hasOwn(KINDS, name) ? (name as ObjectName) : undefined; // hasOwn does not narrow
}
