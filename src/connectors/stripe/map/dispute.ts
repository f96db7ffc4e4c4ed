import type { DisputeStage, DisputeStatus } from "../../../domain/entities.ts";
import { stripeMoney } from "./currency.ts";
import { recordOf, type Observation } from "./observation.ts";
import type { DisputeWire } from "../wire/dispute.ts";
import { dateTimeOf, extensionsOf } from "./fields.ts";
import { wordOf } from "./words.ts";

/** Dispute statuses. `warning_…` are inquiries: the bank requests information, no money has moved yet. */
const STATUS: Readonly<Record<string, DisputeStatus>> = {
  warning_needs_response: "NEEDS_RESPONSE",
  warning_under_review: "UNDER_REVIEW",
  warning_closed: "CLOSED",
  needs_response: "NEEDS_RESPONSE",
  under_review: "UNDER_REVIEW",
  appeal_needs_response: "NEEDS_RESPONSE",
  appeal_under_review: "UNDER_REVIEW",
  won: "WON",
  lost: "LOST",
  prevented: "PREVENTED",
};

export function mapDispute(wire: DisputeWire): readonly Observation[] {
  const status = wordOf(STATUS, "status", wire.status);
  return [
    recordOf(
      {
        type: "Dispute",
        externalId: wire.id,
        createdAt: dateTimeOf(wire.created),
        paymentExternalId: wire.payment_intent ?? wire.charge,
        attemptExternalId: wire.charge,
        amount: stripeMoney(wire.amount, wire.currency),
        reason: wire.reason ?? undefined,
        stage: stageOf(wire, status.known),
        evidenceDueBy: wire.evidence_details?.due_by ? dateTimeOf(wire.evidence_details.due_by) : undefined,
        status: status.known,
        rawStatus: wire.status,
        extensions: extensionsOf({ network_reason_code: wire.network_reason_code }, wire.metadata),
      },
      status.unknown,
    ),
  ];
}

/**
 * Returns the stage; undefined for an unknown status, and for a prevented dispute, which may have been in either stage.
 */
function stageOf(wire: DisputeWire, status: DisputeStatus | undefined): DisputeStage | undefined {
  const caseType = wire.payment_method_details?.card?.case_type;
  if (wire.status.startsWith("warning_") || caseType === "inquiry") return "INQUIRY";
  if (caseType === "chargeback") return "CHARGEBACK";
  return status === undefined || status === "PREVENTED" ? undefined : "CHARGEBACK";
}
