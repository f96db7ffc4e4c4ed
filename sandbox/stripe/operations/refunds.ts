import { invalidRequest, missing } from "../world/errors.ts";
import { newRefund } from "../objects/refund.ts";
import type { Charge, Refund } from "../world/wire.ts";
import type { Account } from "./account.ts";
import { releaseAuthorisation } from "./release.ts";

/** Parameters of a refund. Either charge or intent identifies the payment to be refunded. */
export interface RefundInput {
  readonly charge: string | undefined;
  readonly paymentIntent: string | undefined;
  /** Undefined for the entire remaining amount. */
  readonly amount: number | undefined;
  readonly reason: Refund["reason"];
  readonly metadata: NonNullable<Refund["metadata"]>;
}

/**
 * Refunds a captured charge, in whole or in part; for a charge without an intent that was not captured, releases the
 * authorisation. Returns the refund's id.
 */
export function createRefund({ world, ledger }: Account, input: RefundInput): string {
  const charge = findCharge({ world, ledger }, input);
  if (isOpenAuthorisation(charge)) return releaseByRefund({ world, ledger }, charge, input);
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
  const patch = { amount_refunded: refunded, refunded: refunded === charge.amount };
  world.update("charge", charge.id, patch, ["charge.refunded"]);
  return draft.id;
}

function isOpenAuthorisation(charge: Charge): boolean {
  return charge.payment_intent === null && charge.status === "succeeded" && !charge.captured && !charge.refunded;
}

function releaseByRefund(account: Account, charge: Charge, { amount, reason, metadata }: RefundInput): string {
  if (amount !== undefined && amount !== charge.amount) {
    throw invalidRequest("An uncaptured charge can only be refunded in full.", { param: "amount" });
  }
  const release = { charge, amount: charge.amount, reason, metadata, event: "charge.refunded" as const };
  return releaseAuthorisation(account, release).refundId;
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

function checkRefundable(charge: Charge, requested: number | undefined): number {
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
  const left = charge.amount - charge.amount_refunded; // the released part of the authorisation counts as refunded
  const amount = requested ?? left;
  if (amount > left) {
    throw invalidRequest(`Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`, {
      param: "amount",
    });
  }
  return amount;
}

/** Changes a refund's metadata, the only changeable field. */
export function updateRefund({ world }: Account, id: string, metadata: NonNullable<Refund["metadata"]>): void {
  if (world.store.get("refund", id) === undefined) throw missing("refund", id, "refund");
  world.update("refund", id, { metadata }, ["refund.updated", "charge.refund.updated"]);
}

/**
 * Returns a refund on behalf of the payer's bank: the money returns to the balance, and the charge counts it as not
 * refunded. Only the refund has events: the charge changes without one.
 */
export function failRefund({ world, ledger }: Account, id: string): void {
  const refund = world.store.get("refund", id);
  if (refund === undefined) throw missing("refund", id, "refund");
  if (refund.status !== "succeeded" || refund.balance_transaction === null)
    throw invalidRequest(`Refund ${id} is ${String(refund.status)}.`);
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
  world.update("charge", charge.id, patch);
}
