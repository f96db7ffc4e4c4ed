import type { PaymentStatus } from "../../../domain/entities.ts";
import { stripeMoney } from "./currency.ts";
import { recordOf, type Observation } from "./observation.ts";
import type { PaymentIntentWire } from "../wire/payment-intent.ts";
import { dateTimeOf, extensionsOf, referencesOf } from "./fields.ts";
import { wordOf } from "./words.ts";

/** A failed charge returns its intent to `requires_payment_method`: the payment did not fail, its attempt did. */
const STATUS: Readonly<Record<string, PaymentStatus>> = {
  requires_payment_method: "AWAITING_METHOD",
  requires_confirmation: "AWAITING_CONFIRMATION",
  requires_action: "REQUIRES_ACTION",
  processing: "PROCESSING",
  requires_capture: "AUTHORIZED",
  succeeded: "SUCCEEDED",
  canceled: "CANCELED",
};

/** Maps the intent's own fields only, so that a page, a fetch and an event of one state produce the same record. */
export function mapPaymentIntent(wire: PaymentIntentWire): readonly Observation[] {
  const status = wordOf(STATUS, "status", wire.status);
  return [
    recordOf(
      {
        type: "Payment",
        externalId: wire.id,
        createdAt: dateTimeOf(wire.created),
        kind: "PAYIN",
        amount: stripeMoney(wire.amount, wire.currency),
        capturedMinor: stripeMoney(wire.amount_received, wire.currency).minor,
        debtorExternalId: wire.customer ?? undefined,
        creditorExternalId: undefined,
        method: methodOf(wire),
        description: wire.description ?? undefined,
        references: referencesOf({
          "stripe.payment_intent": wire.id,
          "stripe.charge": wire.latest_charge,
          "stripe.transfer_group": wire.transfer_group,
          statement_descriptor: wire.statement_descriptor,
        }),
        status: status.known,
        rawStatus: wire.status,
        extensions: extensionsOf(
          { capture_method: wire.capture_method, cancellation_reason: wire.cancellation_reason },
          wire.metadata,
        ),
      },
      status.unknown,
    ),
  ];
}

/**
 * Returns the payment method. An intent lists the accepted methods. Which of several was used is known only from its
 * charge: see the attempt.
 */
function methodOf(wire: PaymentIntentWire): string | undefined {
  return wire.payment_method_types?.length === 1 ? wire.payment_method_types[0] : undefined;
}
