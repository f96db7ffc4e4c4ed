import type { Charge, Refund } from "../world/wire.ts";
import type { World } from "../world/world.ts";

/** A complete refund object of a charge. */
export function newRefund(
  world: World,
  input: {
    readonly charge: Charge;
    readonly amount: number;
    readonly reason: Refund["reason"];
    readonly metadata: NonNullable<Refund["metadata"]>;
    /** True if it releases an authorisation, so that no money moves. */
    readonly isRelease?: boolean;
  },
): Refund {
  const { charge } = input;
  const isCard = charge.payment_method_details?.type === "card";
  return {
    id: world.newId(isCard ? "re_3" : "pyr_3"),
    object: "refund",
    amount: input.amount,
    balance_transaction: null,
    charge: charge.id,
    created: world.now(),
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    destination_details: isCard ? cardDestination(world, input.isRelease) : { type: "sepa_debit" },
    metadata: input.metadata,
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: input.reason,
    receipt_number: null,
    source_transfer_reversal: null,
    status: "succeeded",
    transfer_reversal: null,
  };
}

/** A release never appears on the payer's statement, so it has no reference that the payer's bank would know. */
function cardDestination(world: World, isRelease = false): NonNullable<Refund["destination_details"]> {
  if (isRelease) return { card: { type: "reversal" }, type: "card" };
  return {
    card: {
      reference: String(world.random.integer(1_000_000_000, 9_999_999_999)),
      reference_status: "available",
      reference_type: "acquirer_reference_number",
      type: "refund",
    },
    type: "card",
  };
}
