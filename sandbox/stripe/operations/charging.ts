import { invalidRequest, StripeError } from "../world/errors.ts";
import { failureCode, failureMessage, newCharge } from "../objects/charge.ts";
import type { ChargeInput } from "../objects/charge-input.ts";
import type { TestCard } from "../objects/test-cards.ts";
import { CURRENCIES, processingFee } from "../world/currency.ts";
import { DAY_S } from "../world/clock.ts";
import type { Charge, EventType } from "../world/wire.ts";
import type { Account } from "./account.ts";
import { releaseAuthorisation } from "./release.ts";

/** Seconds until the money of a charge is available. */
const SETTLEMENT_S = 2 * DAY_S;

/** Largest `amount` of a charge: eight digits. Source: Stripe docs, "Charges", `amount`. */
const LARGEST_AMOUNT = 99_999_999;

/** @throws StripeError when Stripe would reject this amount in this currency. */
export function checkAmount(amount: number, currency: string): void {
  const rule = CURRENCIES.get(currency);
  if (rule === undefined) {
    throw invalidRequest(
      `Invalid currency: ${currency}. Stripe currently supports these currencies: ${[...CURRENCIES.keys()].join(", ")}`,
      {
        param: "currency",
      },
    );
  }
  if (amount % rule.step !== 0) {
    throw invalidRequest(`Amount in ${currency} must be a multiple of ${rule.step}.`, {
      code: "parameter_invalid_integer",
      param: "amount",
    });
  }
  if (amount < rule.minimum) {
    throw invalidRequest(`Amount must be at least ${rule.minimum} ${currency}`, {
      code: "amount_too_small",
      param: "amount",
    });
  }
  if (amount > LARGEST_AMOUNT) {
    throw invalidRequest(`Amount must be no more than ${LARGEST_AMOUNT} ${currency}`, {
      code: "amount_too_large",
      param: "amount",
    });
  }
}

/** Creates a charge with its event; a captured success is booked. Returns the charge. */
export function makeCharge(account: Account, input: ChargeInput): Charge {
  const { world } = account;
  const charge = newCharge(world, input);
  const event: Readonly<Record<ChargeInput["status"], EventType>> = {
    succeeded: "charge.succeeded",
    pending: "charge.pending",
    failed: "charge.failed",
  };
  const hidden = { testCard: input.card.name };
  if (input.status !== "succeeded" || !input.captured) {
    world.create("charge", charge, [event[input.status]], hidden);
    return charge;
  }
  const booked = {
    ...charge,
    amount_captured: charge.amount,
    balance_transaction: bookCharge(account, charge, charge.amount),
  };
  world.create("charge", booked, ["charge.succeeded"], hidden);
  return booked;
}

/** Books the captured part of a charge and returns the balance transaction's id. */
function bookCharge({ ledger }: Account, charge: Charge, amount: number): string {
  return ledger.book({
    type: charge.payment_method_details?.type === "card" ? "charge" : "payment",
    reportingCategory: "charge",
    amount,
    fee: processingFee(charge.currency, amount),
    currency: charge.currency,
    source: charge.id,
    description: charge.description,
    availableAfterS: SETTLEMENT_S,
  }).id;
}

/** Captures an authorised charge, in full or in part. Returns the changed charge. */
export function captureCharge(account: Account, charge: Charge, amount: number): Charge {
  if (charge.captured || charge.status !== "succeeded") {
    throw invalidRequest(`Charge ${charge.id} has already been captured.`, { code: "charge_already_captured" });
  }
  if (charge.amount_refunded > 0 || charge.refunded) {
    throw invalidRequest(`Charge ${charge.id} has expired or was canceled.`, { code: "charge_expired_for_capture" });
  }
  if (amount > charge.amount || amount <= 0) {
    throw invalidRequest("You cannot capture more than the authorized amount.", { param: "amount_to_capture" });
  }
  const patch = { captured: true, amount_captured: amount, balance_transaction: bookCharge(account, charge, amount) };
  const rest = charge.amount - amount;
  if (rest === 0) return account.world.update("charge", charge.id, patch, ["charge.captured"]);
  return releaseAuthorisation(account, { charge, amount: rest, reason: null, patch, event: "charge.captured" }).charge;
}

/** Books a pending debit that the bank has paid. */
export function settleCharge(account: Account, charge: Charge): Charge {
  const patch = {
    status: "succeeded" as const,
    amount_captured: charge.amount,
    balance_transaction: bookCharge(account, charge, charge.amount),
  };
  return account.world.update("charge", charge.id, patch, ["charge.succeeded"]);
}

/** 402 for a card that was declined. `intent` is the JSON text of the current intent. */
export function cardError(card: TestCard, charge: string | undefined, intent: string | undefined): StripeError {
  return new StripeError(402, {
    type: "card_error",
    code: failureCode(card),
    message: failureMessage(card),
    ...(failureCode(card) === "card_declined" ? { decline_code: card.declineCode ?? "generic_decline" } : {}),
    ...(charge === undefined ? {} : { charge }),
    ...(intent === undefined ? {} : { payment_intent: intent }),
  });
}
