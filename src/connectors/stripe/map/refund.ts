import type { RefundStatus } from "../../../domain/entities.ts";
import { stripeMoney } from "../currency.ts";
import { recordOf, type Observation } from "../observation.ts";
import type { RefundWire } from "../wire/refund.ts";
import { dateTimeOf, extensionsOf } from "./fields.ts";
import { wordOf } from "./words.ts";

const STATUS: Readonly<Record<string, RefundStatus>> = {
  pending: "PENDING",
  requires_action: "REQUIRES_ACTION",
  succeeded: "SUCCEEDED",
  failed: "FAILED",
  canceled: "CANCELED",
};

/** Stripe may leave the status null; that is reported as a word we do not know. */
export function mapRefund(wire: RefundWire): readonly Observation[] {
  const rawStatus = wire.status ?? "null";
  const status = wordOf(STATUS, "status", rawStatus);
  return [
    recordOf(
      {
        type: "Refund",
        externalId: wire.id,
        createdAt: dateTimeOf(wire.created),
        paymentExternalId: wire.payment_intent ?? wire.charge ?? undefined,
        attemptExternalId: wire.charge ?? undefined,
        amount: stripeMoney(wire.amount, wire.currency),
        reason: wire.reason ?? undefined,
        failureReason: wire.failure_reason ?? undefined,
        status: status.known,
        rawStatus,
        extensions: extensionsOf(
          { pending_reason: wire.pending_reason, receipt_number: wire.receipt_number },
          wire.metadata,
        ),
      },
      status.unknown,
    ),
  ];
}
