import type { Charge } from "../world/wire.ts";
import type { World } from "../world/world.ts";
import type { ChargeInput } from "./charge-input.ts";

type Details = NonNullable<Charge["payment_method_details"]>;

/** The `payment_method_details` of a card payment. */
export function cardDetails(world: World, input: ChargeInput): Details {
  const { random } = world;
  const { card, amount } = input;
  const failed = input.status === "failed";
  const available = { status: "unavailable" } as const;
  const details: NonNullable<Details["card"]> = {
    amount_authorized: failed ? null : amount,
    authorization_code: failed ? null : String(random.integer(100_000, 999_999)),
    brand: card.brand,
    ...(input.captured ? {} : { capture_before: world.now() + 7 * 86_400 }),
    checks: { address_line1_check: "pass", address_postal_code_check: "pass", cvc_check: "pass" },
    country: input.country,
    electronic_commerce_indicator: input.authenticated ? "05" : null,
    exp_month: random.integer(1, 12),
    exp_year: 2029 + random.integer(0, 3),
    extended_authorization: { status: "disabled" },
    fingerprint: random.token(16),
    funding: card.funding,
    incremental_authorization: available,
    installments: null,
    last4: card.last4,
    mandate: null,
    multicapture: available,
    network: card.brand,
    network_token: { used: false },
    network_transaction_id: String(random.integer(100_000_000_000, 999_999_999_999)),
    overcapture: { maximum_amount_capturable: amount, status: "unavailable" },
    regulated_status: "unregulated",
    three_d_secure: input.authenticated ? threeDSecure(world) : null,
    transaction_link_id: null,
    wallet: null,
  };
  return { card: details, type: "card" };
}

function threeDSecure(world: World): NonNullable<NonNullable<Details["card"]>["three_d_secure"]> {
  return {
    authentication_flow: "challenge",
    electronic_commerce_indicator: "05",
    exemption_indicator: null,
    result: "authenticated",
    result_reason: null,
    transaction_id: world.random.token(36).toLowerCase(),
    version: "2.2.0",
  };
}

/** The `payment_method_details` of a SEPA direct debit, which succeeds days after its confirmation. */
export function sepaDetails(world: World, input: ChargeInput): Details {
  const details: NonNullable<Details["sepa_debit"]> = {
    bank_code: "37040044",
    branch_code: "",
    country: "DE",
    fingerprint: world.random.token(16),
    last4: input.card.last4,
    mandate: world.newId("mandate_1"),
  };
  return { sepa_debit: details, type: "sepa_debit" };
}
