import { missing } from "../world/errors.ts";
import { findTestCard } from "../objects/test-cards.ts";
import { ruleOf } from "../world/currency.ts";
import type { Charge } from "../world/wire.ts";
import type { Account } from "./account.ts";
import { cardError, checkAmount, makeCharge } from "./charging.ts";
import { openDispute } from "./disputes.ts";
import { billingOf } from "./payment-intents.ts";

/** Parameters of a charge without an intent. */
export interface LegacyChargeInput {
  readonly amount: number;
  readonly currency: string;
  readonly source: string | undefined;
  readonly customer: string | undefined;
  readonly capture: boolean;
  readonly description: string | null;
  readonly metadata: Charge["metadata"];
  readonly receiptEmail: string | null;
  readonly statementDescriptorSuffix: string | null;
}

/** Charges a token directly, without an intent, and returns the charge's id. @throws StripeError 402 after a decline. */
export function createLegacyCharge(account: Account, input: LegacyChargeInput): string {
  checkAmount(input.amount, input.currency);
  const customer = input.customer === undefined ? undefined : account.world.store.get("customer", input.customer);
  if (input.customer !== undefined && customer === undefined)
    throw missing("customer", input.customer, "customer", 400);
  const source = input.source ?? "tok_visa";
  const card = findTestCard(source);
  if (card === undefined) throw missing("token", source, "source", 400);
  const failed = card.outcome === "decline";
  const charge = makeCharge(account, {
    amount: input.amount,
    currency: input.currency,
    customer: input.customer ?? null,
    paymentIntent: undefined,
    paymentMethod: account.world.newId("card_1"),
    card,
    country: ruleOf(input.currency).country,
    captured: input.capture,
    status: failed ? "failed" : "succeeded",
    billing: billingOf(customer),
    authenticated: false,
    description: input.description,
    metadata: input.metadata,
    receiptEmail: input.receiptEmail,
    shipping: null,
    statementDescriptorSuffix: input.statementDescriptorSuffix,
  });
  if (failed) throw cardError(card, charge.id, undefined);
  if (card.aftermath === "dispute") openDispute(account, charge.id, { inquiry: false, reason: "fraudulent" });
  return charge.id;
}
