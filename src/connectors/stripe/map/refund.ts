import type { RefundStatus } from "../../../domain/entities.ts";
import { stripeMoney } from "./currency.ts";
import { recordOf, type Observation } from "./observation.ts";
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

/**
 * Maps a refund. Stripe may leave the status null; that is reported as an unknown value. The part of an authorisation
 * that was not captured is released by a refund that succeeded without moving money: it has no balance transaction.
 */
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
        status: isRelease(wire) ? "RELEASED" : status.known,
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

function isRelease({ status, balance_transaction: transaction }: RefundWire): boolean {
  return status === "succeeded" && transaction === null;
}
