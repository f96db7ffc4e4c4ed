import { invalidRequest, missing } from "../errors.ts";
import { newRefund } from "../objects/refund.ts";
import type { Charge, Refund } from "../world/wire.ts";
import type { Account } from "./account.ts";

/** What a caller sets on a refund. One of charge and intent names what is paid back. */
export interface RefundInput {
  readonly charge: string | undefined;
  readonly paymentIntent: string | undefined;
  /** Undefined for all that is left. */
  readonly amount: number | undefined;
  readonly reason: Refund["reason"];
  readonly metadata: NonNullable<Refund["metadata"]>;
}

/** Pays back a captured charge, in whole or in part. Returns the refund's id. */
export function createRefund({ world, ledger }: Account, input: RefundInput): string {
  const charge = findCharge({ world, ledger }, input);
  const amount = checkRefundable(charge, input.amount);
  const draft = newRefund(world, { charge, amount, reason: input.reason, metadata: input.metadata });
  const transaction = ledger.book({
    type: charge.payment_method_details?.type === "card" ? "refund" : "payment_refund",
    reportingCategory: "refund",
    amount: -amount,
    fee: 0,
    currency: charge.currency,
    source: draft.id,
    description: `REFUND FOR CHARGE (${charge.description ?? charge.id})`,
    availableAfterS: 0,
  });
  const hidden = { testCard: world.store.find("charge", charge.id)?.fields.testCard };
  world.create("refund", { ...draft, balance_transaction: transaction.id }, ["refund.created"], hidden);
  const refunded = charge.amount_refunded + amount;
  const patch = { amount_refunded: refunded, refunded: refunded === charge.amount_captured };
  world.update("charge", charge.id, patch, ["charge.refunded"]);
  return draft.id;
}

function findCharge({ world }: Account, input: RefundInput): Charge {
  if (input.charge !== undefined) {
    const charge = world.store.get("charge", input.charge);
    if (charge === undefined) throw missing("charge", input.charge, "charge", 400);
    return charge;
  }
  if (input.paymentIntent === undefined) {
    throw invalidRequest("One of the following params should be provided for this request: payment_intent or charge.");
  }
  const intent = world.store.get("payment_intent", input.paymentIntent);
  if (intent === undefined) throw missing("payment_intent", input.paymentIntent, "payment_intent", 400);
  const charge = world.store.get("charge", intent.latest_charge ?? "");
  if (charge === undefined || charge.status === "failed") {
    throw invalidRequest(`This PaymentIntent (${intent.id}) does not have a successful charge to refund.`, {
      param: "payment_intent",
    });
  }
  return charge;
}

function checkRefundable(charge: Charge, asked: number | undefined): number {
  if (charge.refunded) {
    throw invalidRequest(`Charge ${charge.id} has already been refunded.`, { code: "charge_already_refunded" });
  }
  if (charge.disputed) {
    throw invalidRequest(`Charge ${charge.id} has been charged back; cannot issue a refund.`, {
      code: "charge_disputed",
    });
  }
  if (charge.status !== "succeeded" || !charge.captured) {
    throw invalidRequest(`Charge ${charge.id} is not captured and cannot be refunded.`, {
      code: "charge_not_refundable",
    });
  }
  const left = charge.amount_captured - charge.amount_refunded;
  const amount = asked ?? left;
  if (amount > left) {
    throw invalidRequest(`Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`, {
      param: "amount",
    });
  }
  return amount;
}

/** Changes a refund's metadata, the only thing that can change. */
export function updateRefund({ world }: Account, id: string, metadata: NonNullable<Refund["metadata"]>): void {
  if (world.store.get("refund", id) === undefined) throw missing("refund", id, "refund");
  world.update("refund", id, { metadata }, ["refund.updated", "charge.refund.updated"]);
}

/** The payer's bank sends a refund back: the money returns to the balance, the charge counts it as not refunded. */
export function failRefund({ world, ledger }: Account, id: string): void {
  const refund = world.store.get("refund", id);
  if (refund === undefined) throw missing("refund", id, "refund");
  if (refund.status !== "succeeded") throw invalidRequest(`Refund ${id} is ${String(refund.status)}.`);
  const transaction = ledger.book({
    type: "refund_failure",
    reportingCategory: "refund_failure",
    amount: refund.amount,
    fee: 0,
    currency: refund.currency,
    source: id,
    description: "REFUND FAILURE",
    availableAfterS: 0,
  });
  const failure = { failure_balance_transaction: transaction.id, failure_reason: "expired_or_canceled_card" };
  world.update("refund", id, { status: "failed", ...failure }, [
    "refund.failed",
    "refund.updated",
    "charge.refund.updated",
  ]);
  const charge = world.store.get("charge", refund.charge ?? "");
  if (charge === undefined) return;
  const patch = { amount_refunded: charge.amount_refunded - refund.amount, refunded: false };
  world.update("charge", charge.id, patch, ["charge.updated"]);
}
