import type { PaymentError } from "../../../domain/entities.ts";
import type { ChargeWire } from "../wire/charge.ts";

type Category = PaymentError["category"];

const CODES_BY_CATEGORY: Readonly<Record<Exclude<Category, "OTHER">, string>> = {
  DECLINED:
    "card_declined generic_decline do_not_honor insufficient_funds card_velocity_exceeded withdrawal_count_limit_exceeded " +
    "call_issuer card_not_supported currency_not_supported not_permitted service_not_allowed transaction_not_allowed " +
    "restricted_card revocation_of_authorization revocation_of_all_authorizations stop_payment_order no_action_taken " +
    "bank_account_declined debit_not_authorized approve_with_id duplicate_transaction testmode_decline",
  AUTHENTICATION:
    "authentication_required authentication_not_handled payment_intent_authentication_failure offline_pin_required " +
    "online_or_offline_pin_required pin_try_exceeded incorrect_pin invalid_pin",
  INVALID:
    "expired_card incorrect_cvc invalid_cvc incorrect_number invalid_number incorrect_zip incorrect_address " +
    "invalid_expiry_month invalid_expiry_year invalid_account invalid_account_number account_closed no_account " +
    "new_account_information_available invalid_amount bank_account_unusable",
  PROCESSING: "processing_error issuer_not_available reenter_transaction try_again_later network_error",
  FRAUD:
    "fraudulent lost_card stolen_card pickup_card merchant_blacklist security_violation highest_risk_level " +
    "elevated_risk_level rule blocked",
};

/** Source: Stripe docs, "Decline codes", "Error codes" and the charge's `outcome.reason`. */
const CATEGORY: ReadonlyMap<string, Category> = new Map(
  Object.entries(CODES_BY_CATEGORY).flatMap(
    ([category, codes]) => codes.split(" ").map((code) => [code, category as Category] as const), // Object.entries widens to string
  ),
);

/** Temporary declines: the same method may be charged again later without anything new from the payer. */
const PASSING: ReadonlySet<string> = new Set([
  ...CODES_BY_CATEGORY.PROCESSING.split(" "),
  "insufficient_funds",
  "card_velocity_exceeded",
  "withdrawal_count_limit_exceeded",
  "approve_with_id",
]);

/** Returns the reason why a charge failed; undefined for one that did not. */
export function failureOf(wire: ChargeWire): PaymentError | undefined {
  if (wire.status !== "failed" && !wire.failure_code) return undefined;
  const words = reasonsOf(wire);
  return {
    code: words[0] ?? "unknown",
    category: words.map((word) => CATEGORY.get(word)).find((category) => category !== undefined) ?? "OTHER",
    retryable: retryable(wire, words),
    message: wire.failure_message ?? undefined,
  };
}

/**
 * Returns the reasons, the most specific first: the network's reason is more specific than `card_declined`, and a block
 * by Stripe more than either.
 */
function reasonsOf(wire: ChargeWire): readonly string[] {
  const blocked = wire.outcome?.type === "blocked" ? "blocked" : undefined;
  const words = [wire.outcome?.reason ?? undefined, wire.failure_code ?? undefined, blocked];
  return words.filter((word) => word !== undefined);
}

/**
 * Returns true if a retry may succeed. The network's advice takes precedence over our classification of the code.
 * Source: Stripe docs, "advice_code".
 */
function retryable(wire: ChargeWire, words: readonly string[]): boolean {
  if (wire.outcome?.advice_code === "try_again_later") return true;
  if (wire.outcome?.advice_code) return false;
  return words.some((word) => PASSING.has(word)) && !words.some((word) => CATEGORY.get(word) === "FRAUD");
}
