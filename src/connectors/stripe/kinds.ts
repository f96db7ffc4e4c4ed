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
import { balanceWire } from "./wire/balance.ts";
import { balanceTransactionWire } from "./wire/balance-transaction.ts";
import { chargeWire } from "./wire/charge.ts";
import { customerWire } from "./wire/customer.ts";
import { disputeWire } from "./wire/dispute.ts";
import { paymentIntentWire } from "./wire/payment-intent.ts";
import { payoutWire } from "./wire/payout.ts";
import { refundWire } from "./wire/refund.ts";

/** Parser of one of Stripe's object types. */
export interface ObjectKind {
  /** Our type of the object; its content may also concern other objects. */
  readonly entity: EntityType;
  /**
   * Maps an item. `seenAt` returns when the state was observed, for values that are valid only at a moment.
   * @throws ZodError | ServiceError UPSTREAM_MALFORMED
   */
  observe(item: unknown, seenAt: () => DateTime): readonly Observation[];
}

function kindOf<Wire>(
  entity: EntityType,
  wire: z.ZodType<Wire>,
  map: (wire: Wire, seenAt: () => DateTime) => readonly Observation[],
): ObjectKind {
  return { entity, observe: (item, seenAt) => map(wire.parse(item), seenAt) };
}

/** Parsers by the name in the object's `object` field. */
export const KINDS = {
  customer: kindOf("Party", customerWire, mapCustomer),
  payment_intent: kindOf("Payment", paymentIntentWire, mapPaymentIntent),
  charge: kindOf("PaymentAttempt", chargeWire, mapCharge),
  refund: kindOf("Refund", refundWire, mapRefund),
  dispute: kindOf("Dispute", disputeWire, mapDispute),
  payout: kindOf("Payout", payoutWire, mapPayout),
  balance_transaction: kindOf("LedgerEntry", balanceTransactionWire, mapBalanceTransaction),
  balance: kindOf("Account", balanceWire, (wire, seenAt) => mapBalance(wire, seenAt())),
} as const satisfies Record<string, ObjectKind>;

export type ObjectName = keyof typeof KINDS;

/** Returns the name; undefined for an object that we do not sync. */
export function objectNameOf(name: string): ObjectName | undefined {
  return Object.hasOwn(KINDS, name) ? (name as ObjectName) : undefined; // hasOwn does not narrow
}
