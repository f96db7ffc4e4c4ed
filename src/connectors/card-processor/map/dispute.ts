import type { DisputeStage, DisputeStatus } from "../../../domain/entities.ts";
import type { DisputeWire } from "../wire/objects.ts";
import { extensionsOf, minorMoney } from "./fields.ts";
import { type Observation, recordOf, wordOf } from "./observation.ts";

const STATUS: Readonly<Record<string, DisputeStatus>> = {
  DISPUTE_STATUS_RESPONSE_REQUIRED: "NEEDS_RESPONSE",
  DISPUTE_STATUS_UNDER_REVIEW: "UNDER_REVIEW",
  DISPUTE_STATUS_WON: "WON",
  DISPUTE_STATUS_LOST: "LOST",
  DISPUTE_STATUS_ACCEPTED: "CLOSED",
};

/** A retrieval asks for information and moves no money. The later stages of a chargeback are still one. */
const STAGE: Readonly<Record<string, DisputeStage>> = {
  DISPUTE_STAGE_RETRIEVAL: "INQUIRY",
  DISPUTE_STAGE_CHARGEBACK: "CHARGEBACK",
  DISPUTE_STAGE_PRE_ARBITRATION: "CHARGEBACK",
  DISPUTE_STAGE_ARBITRATION: "CHARGEBACK",
};

export function mapDispute(wire: DisputeWire): readonly Observation[] {
  const status = wordOf(STATUS, "status", wire.status);
  const stage = wordOf(STAGE, "stage", wire.stage);
  return [
    recordOf(
      {
        type: "Dispute",
        externalId: wire.id,
        createdAt: wire.created_at,
        paymentExternalId: wire.payment_id,
        attemptExternalId: wire.authorization_id,
        amount: minorMoney(wire.amount, wire.currency),
        reason: wire.reason,
        stage: stage.known,
        evidenceDueBy: wire.respond_by,
        status: status.known,
        rawStatus: wire.status,
        extensions: extensionsOf({ stage: wire.stage, reasonCode: wire.reason_code }),
      },
      status.unknown,
      stage.unknown,
    ),
  ];
}
