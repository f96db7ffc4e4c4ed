import type { PaymentIntent } from "../world/wire.ts";
import type { World } from "../world/world.ts";

/** Parameters of a new payment intent; the other fields have Stripe's defaults. */
export type PaymentIntentInput = Pick<PaymentIntent, "amount" | "currency"> &
  Partial<
    Pick<
      PaymentIntent,
      | "customer"
      | "description"
      | "metadata"
      | "receipt_email"
      | "shipping"
      | "statement_descriptor"
      | "statement_descriptor_suffix"
      | "setup_future_usage"
      | "transfer_group"
      | "capture_method"
      | "confirmation_method"
      | "payment_method"
      | "payment_method_types"
    >
  >;

/** A complete payment intent in its initial state. */
export function newPaymentIntent(world: World, input: PaymentIntentInput): PaymentIntent {
  const id = world.newId("pi_3");
  const types = input.payment_method_types;
  return {
    id,
    object: "payment_intent",
    allowed_payment_method_types: null,
    amount: input.amount,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: types === undefined ? { allow_redirects: "always", enabled: true } : null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: input.capture_method ?? "automatic_async",
    client_secret: `${id}_secret_${id.slice(-12)}`,
    confirmation_method: input.confirmation_method ?? "automatic",
    created: world.now(),
    currency: input.currency,
    customer: input.customer ?? null,
    customer_account: null,
    description: input.description ?? null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: { enabled: false },
    metadata: input.metadata ?? {},
    next_action: null,
    on_behalf_of: null,
    payment_method: input.payment_method ?? null,
    payment_method_configuration_details:
      types === undefined ? { id: "pmc_1SluiceSandboxDefault00", parent: null } : null,
    payment_method_options: {
      card: {
        installments: null,
        mandate_options: null,
        network: null,
        request_three_d_secure: "automatic",
      },
    },
    payment_method_types: types ?? ["card", "link", "sepa_debit"],
    payment_record: null,
    processing: null,
    receipt_email: input.receipt_email ?? null,
    review: null,
    setup_future_usage: input.setup_future_usage ?? null,
    shipping: input.shipping ?? null,
    source: null,
    statement_descriptor: input.statement_descriptor ?? null,
    statement_descriptor_suffix: input.statement_descriptor_suffix ?? null,
    status: input.payment_method ? "requires_confirmation" : "requires_payment_method",
    transfer_data: null,
    transfer_group: input.transfer_group ?? null,
  };
}
