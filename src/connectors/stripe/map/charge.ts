import type { AttemptStatus, PaymentStatus } from "../../../domain/entities.ts";
import { stripeMoney } from "./currency.ts";
import { recordOf, type Observation } from "./observation.ts";
import type { ChargeWire } from "../wire/charge.ts";
import { failureOf } from "./failure.ts";
import { payerOf } from "./payer.ts";
import { refundedOfCaptured } from "./released.ts";
import { dateTimeOf, extensionsOf, referencesOf } from "./fields.ts";
import { wordOf } from "./words.ts";

const STATUS: Readonly<Record<string, AttemptStatus>> = {
  pending: "PENDING",
  succeeded: "SUCCEEDED",
  failed: "FAILED",
};

/**
 * Maps a charge, which is an attempt of its payment intent. One without an intent is also the payment, with the same
 * id.
 */
export function mapCharge(wire: ChargeWire): readonly Observation[] {
  return wire.payment_intent ? [mapAttempt(wire)] : [mapDirectPayment(wire), mapAttempt(wire)];
}

function mapAttempt(wire: ChargeWire): Observation {
  const status = wordOf(STATUS, "status", wire.status);
  return recordOf(
    {
      type: "PaymentAttempt",
      externalId: wire.id,
      createdAt: dateTimeOf(wire.created),
      paymentExternalId: wire.payment_intent ?? wire.id,
      amount: stripeMoney(wire.amount, wire.currency),
      capturedMinor: stripeMoney(wire.amount_captured, wire.currency).minor,
      refundedMinor: stripeMoney(refundedOfCaptured(wire), wire.currency).minor,
      method: wire.payment_method_details?.type ?? undefined,
      error: failureOf(wire),
      payerDetails: payerOf(wire),
      status: status.known,
      rawStatus: wire.status,
      extensions: extensionsOf(
        {
          network_decline_code: wire.outcome?.network_decline_code,
          risk_level: wire.outcome?.risk_level,
          disputed: wire.disputed || undefined,
        },
        wire.metadata,
      ),
    },
    status.unknown,
  );
}

function mapDirectPayment(wire: ChargeWire): Observation {
  return recordOf(
    {
      type: "Payment",
      externalId: wire.id,
      createdAt: dateTimeOf(wire.created),
      kind: "PAYIN",
      amount: stripeMoney(wire.amount, wire.currency),
      capturedMinor: stripeMoney(wire.amount_captured, wire.currency).minor,
      debtorExternalId: wire.customer ?? undefined,
      creditorExternalId: undefined,
      method: wire.payment_method_details?.type ?? undefined,
      description: wire.description ?? undefined,
      references: referencesOf({
        "stripe.charge": wire.id,
        "stripe.receipt_number": wire.receipt_number,
        "stripe.transfer_group": wire.transfer_group,
        statement_descriptor: wire.calculated_statement_descriptor ?? wire.statement_descriptor,
      }),
      status: directPaymentStatus(wire),
      rawStatus: wire.status,
      extensions: extensionsOf({}, wire.metadata),
    },
    wordOf(STATUS, "status", wire.status).unknown,
  );
}

/**
 * Returns the payment's status. An authorization stays `succeeded` after it was released, so the captured and the
 * refunded amount must be checked too.
 */
function directPaymentStatus(wire: ChargeWire): PaymentStatus | undefined {
  switch (wire.status) {
    case "succeeded":
      if (wire.captured) return "SUCCEEDED";
      return wire.refunded ? "CANCELED" : "AUTHORIZED";
    case "pending":
      return "PROCESSING";
    case "failed":
      return "FAILED";
    default:
      return undefined;
  }
}
