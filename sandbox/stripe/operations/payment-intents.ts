import { invalidRequest, missing, type StripeError } from "../world/errors.ts";
import { failureCode, failureMessage } from "../objects/charge.ts";
import { newPaymentIntent, type PaymentIntentInput } from "../objects/payment-intent.ts";
import { NO_ADDRESS } from "../objects/people.ts";
import { findTestCard, type TestCard } from "../objects/test-cards.ts";
import { ruleOf } from "../world/currency.ts";
import type { Charge, Customer, EventType, PaymentIntent } from "../world/wire.ts";
import type { Account } from "./account.ts";
import { captureCharge, cardError, checkAmount, makeCharge, settleCharge } from "./charging.ts";
import { openDispute } from "./disputes.ts";
import { releaseAuthorisation } from "./release.ts";

/** Creates an intent and returns its id. @throws StripeError for an invalid amount, currency or customer. */
export function createIntent({ world }: Account, input: PaymentIntentInput): string {
  checkAmount(input.amount, input.currency);
  if (input.customer && world.store.get("customer", input.customer) === undefined) {
    throw missing("customer", input.customer, "customer", 400);
  }
  const intent = newPaymentIntent(world, input);
  world.create("payment_intent", intent, ["payment_intent.created"]);
  return intent.id;
}

/** The intent. @throws StripeError resource_missing */
export function requireIntent({ world }: Account, id: string): PaymentIntent {
  const intent = world.store.get("payment_intent", id);
  if (intent === undefined) throw missing("payment_intent", id, "intent");
  return intent;
}

function requireStatus(intent: PaymentIntent, allowed: readonly string[], verb: string): void {
  if (allowed.includes(intent.status)) return;
  throw invalidRequest(
    `This PaymentIntent's status is ${intent.status}; you cannot ${verb} it unless it is one of: ${allowed.join(", ")}.`,
    { code: "payment_intent_unexpected_state" },
  );
}

/** Changes an intent that is not finished. */
export function updateIntent(account: Account, id: string, patch: Partial<PaymentIntent>): void {
  const intent = requireIntent(account, id);
  const changesMoney = patch.amount !== undefined || patch.currency !== undefined;
  if (changesMoney) {
    requireStatus(intent, ["requires_payment_method", "requires_confirmation", "requires_action"], "update");
    checkAmount(patch.amount ?? intent.amount, patch.currency ?? intent.currency);
  }
  const status =
    patch.payment_method && intent.status === "requires_payment_method" ? "requires_confirmation" : undefined;
  // Stripe sends no event for an update of an intent: clients see it only when they read the intent.
  account.world.update("payment_intent", id, { ...patch, ...(status === undefined ? {} : { status }) });
}

/** Attempts the payment. @throws StripeError 402 after a decline was recorded, 400 in a wrong state. */
export function confirmIntent(account: Account, id: string, paymentMethod: string | undefined): void {
  const intent = requireIntent(account, id);
  requireStatus(intent, ["requires_payment_method", "requires_confirmation", "requires_action"], "confirm");
  const method = paymentMethod ?? intent.payment_method;
  if (method === null) {
    throw invalidRequest(
      "You cannot confirm this PaymentIntent because it's missing a payment method. " +
        "You can either update the PaymentIntent with a payment method and then confirm it again, " +
        "or confirm it again directly with a payment method or ConfirmationToken.",
      { code: "payment_intent_unexpected_state" },
    );
  }
  const card = findTestCard(method);
  if (card === undefined) throw missing("PaymentMethod", method, "payment_method", 400);
  const attached = method.includes("00_") ? method : `${account.world.newId("pm_1")}00_${card.name}`;
  const attempt: Attempt = { intent, card, paymentMethod: attached };
  if (card.outcome === "decline") throw declineIntent(account, attempt);
  if (card.outcome === "authenticate") askForAuthentication(account, attempt);
  else if (card.outcome === "process") beginProcessing(account, attempt);
  else succeedIntent(account, attempt);
}

interface Attempt {
  readonly intent: PaymentIntent;
  readonly card: TestCard;
  readonly paymentMethod: string;
}

function chargeIntent(account: Account, attempt: Attempt, status: "succeeded" | "pending" | "failed"): Charge {
  const { intent, card, paymentMethod } = attempt;
  const customer = intent.customer === null ? undefined : account.world.store.get("customer", intent.customer);
  return makeCharge(account, {
    amount: intent.amount,
    currency: intent.currency,
    customer: intent.customer,
    paymentIntent: intent.id,
    paymentMethod,
    card,
    country: ruleOf(intent.currency).country,
    captured: intent.capture_method !== "manual",
    status,
    billing: customer === undefined ? guestBilling(intent) : billingOf(customer),
    authenticated: card.outcome === "authenticate",
    description: intent.description,
    metadata: intent.metadata,
    receiptEmail: intent.receipt_email,
    shipping: intent.shipping,
    statementDescriptorSuffix: intent.statement_descriptor_suffix,
  });
}

/** Billing details of a customer; empty without one. */
export function billingOf(customer: Customer | undefined): Charge["billing_details"] {
  return {
    address: customer?.address ?? NO_ADDRESS,
    email: customer?.email ?? null,
    name: customer?.name ?? null,
    phone: customer?.phone ?? null,
    tax_id: null,
  };
}

/** Billing details entered at the checkout by a guest, who is not stored as a customer. */
function guestBilling({ receipt_email: email, shipping }: PaymentIntent): Charge["billing_details"] {
  if (!shipping) return billingOf(undefined);
  const { address, name, phone } = shipping;
  return {
    ...billingOf(undefined),
    address: { ...NO_ADDRESS, ...address },
    email,
    name: name ?? null,
    phone: phone ?? null,
  };
}

function declineIntent(account: Account, attempt: Attempt): StripeError {
  const { world } = account;
  const { intent, card } = attempt;
  const charge = chargeIntent(account, attempt, "failed");
  const failure = {
    charge: charge.id,
    code: failureCode(card),
    ...(failureCode(card) === "card_declined" ? { decline_code: card.declineCode ?? "generic_decline" } : {}),
    doc_url: `https://docs.stripe.com/error-codes/${failureCode(card).replaceAll("_", "-")}`,
    message: failureMessage(card),
    type: "card_error" as const,
  };
  world.update(
    "payment_intent",
    intent.id,
    {
      status: "requires_payment_method",
      last_payment_error: failure,
      latest_charge: charge.id,
      payment_method: null,
      next_action: null,
    },
    ["payment_intent.payment_failed"],
  );
  const entry = world.store.find("payment_intent", intent.id);
  return cardError(card, charge.id, entry === undefined ? undefined : world.store.text(entry));
}

function askForAuthentication({ world }: Account, { intent, paymentMethod }: Attempt): void {
  const redirect = { return_url: null, url: `https://hooks.stripe.com/3d_secure_2/hosted?payment_intent=${intent.id}` };
  const patch = {
    status: "requires_action" as const,
    payment_method: paymentMethod,
    last_payment_error: null,
    next_action: { redirect_to_url: redirect, type: "redirect_to_url" },
  };
  world.update("payment_intent", intent.id, patch, ["payment_intent.requires_action"]);
}

function beginProcessing(account: Account, attempt: Attempt): void {
  const charge = chargeIntent(account, attempt, "pending");
  const patch = {
    status: "processing" as const,
    payment_method: attempt.paymentMethod,
    latest_charge: charge.id,
    last_payment_error: null,
    next_action: null,
  };
  account.world.update("payment_intent", attempt.intent.id, patch, ["payment_intent.processing"]);
}

function succeedIntent(account: Account, attempt: Attempt): void {
  const charge = chargeIntent(account, attempt, "succeeded");
  const { amount, capture_method: method } = attempt.intent;
  const common = {
    payment_method: attempt.paymentMethod,
    latest_charge: charge.id,
    last_payment_error: null,
    next_action: null,
  };
  const isManual = method === "manual";
  const patch = isManual
    ? { ...common, status: "requires_capture" as const, amount_capturable: amount }
    : { ...common, status: "succeeded" as const, amount_received: amount };
  const event: EventType = isManual ? "payment_intent.amount_capturable_updated" : "payment_intent.succeeded";
  account.world.update("payment_intent", attempt.intent.id, patch, [event]);
  const { aftermath } = attempt.card;
  if (!isManual && (aftermath === "dispute" || aftermath === "inquiry")) {
    openDispute(account, charge.id, { inquiry: aftermath === "inquiry", reason: "fraudulent" });
  }
}

/** Completes 3-D Secure: the payer agrees, and the payment succeeds, or the payer gives up. */
export function authenticateIntent(account: Account, id: string, agrees: boolean): void {
  const intent = requireIntent(account, id);
  requireStatus(intent, ["requires_action"], "authenticate");
  const paymentMethod = intent.payment_method ?? "";
  const card = findTestCard(paymentMethod);
  if (card === undefined) throw missing("PaymentMethod", paymentMethod, "payment_method", 400);
  if (agrees) {
    succeedIntent(account, { intent, card, paymentMethod });
    return;
  }
  const failure = {
    code: "payment_intent_authentication_failure" as const,
    doc_url: "https://docs.stripe.com/error-codes/payment-intent-authentication-failure",
    message: "The provided PaymentMethod has failed authentication.",
    type: "invalid_request_error" as const,
  };
  const patch = {
    status: "requires_payment_method" as const,
    last_payment_error: failure,
    payment_method: null,
    next_action: null,
  };
  account.world.update("payment_intent", id, patch, ["payment_intent.payment_failed"]);
}

/** Completes a debit that was processing: the bank pays it. */
export function finishProcessing(account: Account, id: string): void {
  const intent = requireIntent(account, id);
  requireStatus(intent, ["processing"], "finish");
  const charge = account.world.store.get("charge", intent.latest_charge ?? "");
  if (charge === undefined) throw missing("charge", String(intent.latest_charge), "latest_charge");
  settleCharge(account, charge);
  account.world.update("payment_intent", id, { status: "succeeded", amount_received: intent.amount }, [
    "payment_intent.succeeded",
  ]);
}

/** Captures the authorised amount, all of it when `amount` is undefined; the rest of the authorisation is released. */
export function captureIntent(account: Account, id: string, amount: number | undefined): void {
  const intent = requireIntent(account, id);
  requireStatus(intent, ["requires_capture"], "capture");
  const charge = account.world.store.get("charge", intent.latest_charge ?? "");
  if (charge === undefined) throw missing("charge", String(intent.latest_charge), "latest_charge");
  const captured = captureCharge(account, charge, amount ?? intent.amount_capturable);
  const patch = { status: "succeeded" as const, amount_capturable: 0, amount_received: captured.amount_captured };
  account.world.update("payment_intent", id, patch, ["payment_intent.succeeded"]);
}

/** Cancels an intent without payment; an authorisation is released. */
export function cancelIntent(account: Account, id: string, reason: PaymentIntent["cancellation_reason"]): void {
  const { world } = account;
  const intent = requireIntent(account, id);
  requireStatus(
    intent,
    ["requires_payment_method", "requires_capture", "requires_confirmation", "requires_action"],
    "cancel",
  );
  const charge =
    intent.status === "requires_capture" ? world.store.get("charge", intent.latest_charge ?? "") : undefined;
  if (charge !== undefined) {
    const isExpired = reason === "automatic";
    releaseAuthorisation(account, {
      charge,
      amount: charge.amount,
      reason: isExpired ? "expired_uncaptured_charge" : null,
      event: isExpired ? "charge.expired" : "charge.refunded",
    });
  }
  const patch = {
    status: "canceled" as const,
    canceled_at: world.now(),
    cancellation_reason: reason,
    amount_capturable: 0,
    next_action: null,
  };
  world.update("payment_intent", id, patch, ["payment_intent.canceled"]);
}
