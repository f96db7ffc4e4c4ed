import type { Charge } from "../world/wire.ts";
import type { World } from "../world/world.ts";
import type { ChargeInput } from "./charge-input.ts";
import { cardDetails, sepaDetails } from "./payment-method-details.ts";
import type { TestCard } from "./test-cards.ts";

/** A complete charge object, about 3 kB of JSON as at Stripe. */
export function newCharge(world: World, input: ChargeInput): Charge {
  const { card, status, amount, currency } = input;
  const id = world.newId(card.kind === "card" ? "ch_3" : "py_3");
  const failed = status === "failed";
  const details = card.kind === "card" ? cardDetails(world, input) : sepaDetails(world, input);
  return {
    id,
    object: "charge",
    amount,
    amount_captured: 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: input.billing,
    calculated_statement_descriptor: failed ? null : "SLUICE SANDBOX",
    captured: input.captured && !failed,
    created: world.now(),
    currency,
    customer: input.customer,
    description: input.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: failed ? failureCode(card) : null,
    failure_message: failed ? failureMessage(card) : null,
    fraud_details: {},
    livemode: false,
    metadata: input.metadata,
    on_behalf_of: null,
    outcome: outcomeOf(world, card, failed),
    paid: status !== "failed",
    payment_intent: input.paymentIntent ?? null,
    payment_method: input.paymentMethod,
    payment_method_details: details,
    radar_options: {},
    receipt_email: input.receiptEmail,
    receipt_number: null,
    receipt_url: failed ? null : receiptUrl(world, id),
    refunded: false,
    review: null,
    shipping: input.shipping,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: input.statementDescriptorSuffix,
    status,
    transfer_data: null,
    transfer_group: input.paymentIntent === undefined ? null : `group_${input.paymentIntent}`,
  };
}

/** `error.code` of a decline: specific decline codes are used directly, the others are `card_declined`. */
export function failureCode(card: TestCard): string {
  const code = card.declineCode ?? "generic_decline";
  return code === "expired_card" || code === "processing_error" ? code : "card_declined";
}

export function failureMessage(card: TestCard): string {
  if (card.declineCode === "insufficient_funds") return "Your card has insufficient funds.";
  if (card.declineCode === "expired_card") return "Your card has expired.";
  if (card.declineCode === "processing_error") {
    return "An error occurred while processing your card. Try again in a little bit.";
  }
  return "Your card was declined.";
}

function receiptUrl(world: World, id: string): string {
  const token = `CAcaFwoVYWNjdF8xU2x1aWNlU2FuZGJveDAwKO${world.random.token(40)}LBY`;
  return `https://pay.stripe.com/receipts/payment/${token}${id.slice(-12)}`;
}

function outcomeOf(world: World, card: TestCard, failed: boolean): NonNullable<Charge["outcome"]> {
  const score = world.random.integer(1, 60);
  if (!failed) {
    return {
      advice_code: null,
      network_advice_code: null,
      network_decline_code: null,
      network_status: "approved_by_network",
      reason: null,
      risk_level: "normal",
      risk_score: score,
      seller_message: "Payment complete.",
      type: "authorized",
    };
  }
  const isBlocked = card.declineCode === "fraudulent";
  return {
    advice_code: "try_again_later",
    network_advice_code: "02",
    network_decline_code: isBlocked ? null : "05",
    network_status: isBlocked ? "not_sent_to_network" : "declined_by_network",
    reason: card.declineCode ?? "generic_decline",
    risk_level: isBlocked ? "highest" : "normal",
    risk_score: isBlocked ? 90 : score,
    seller_message: isBlocked
      ? "Stripe blocked this payment as too risky."
      : "The bank did not return any further details with this decline.",
    type: isBlocked ? "blocked" : "issuer_declined",
  };
}
