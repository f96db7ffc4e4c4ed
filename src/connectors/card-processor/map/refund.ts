import type { RefundStatus } from "../../../domain/entities.ts";
import type { RefundWire } from "../wire/objects.ts";
import { minorMoney } from "./fields.ts";
import { type Observation, recordOf, wordOf } from "./observation.ts";

const STATUS: Readonly<Record<string, RefundStatus>> = {
  REFUND_STATUS_PENDING: "PENDING",
  REFUND_STATUS_COMPLETED: "SUCCEEDED",
  REFUND_STATUS_FAILED: "FAILED",
};

export function mapRefund(wire: RefundWire): readonly Observation[] {
  const status = wordOf(STATUS, "status", wire.status);
  return [
    recordOf(
      {
        type: "Refund",
        externalId: wire.id,
        createdAt: wire.created_at,
        paymentExternalId: wire.payment_id,
        attemptExternalId: wire.authorization_id,
        amount: minorMoney(wire.amount, wire.currency),
        reason: wire.reason,
        failureReason: wire.failure_reason,
        status: status.known,
        rawStatus: wire.status,
        extensions: {},
      },
      status.unknown,
    ),
  ];
}
