import { invalidRequest, missing } from "../world/errors.ts";
import { newDispute } from "../objects/dispute.ts";
import { ruleOf } from "../world/currency.ts";
import type { BalanceTransaction, Dispute } from "../world/wire.ts";
import type { Account } from "./account.ts";

/** Reverses a charge on behalf of the payer's bank, or first only inquires (`inquiry`). Returns the dispute's id. */
export function openDispute(account: Account, chargeId: string, how: { inquiry: boolean; reason: string }): string {
  const { world } = account;
  const charge = world.store.get("charge", chargeId);
  if (charge === undefined) throw missing("charge", chargeId, "charge");
  const draft = newDispute(world, { charge, ...how });
  if (how.inquiry) {
    world.create("dispute", draft, ["charge.dispute.created"]);
    return draft.id;
  }
  const transaction = book(account, draft, "withdrawal");
  world.create("dispute", { ...draft, balance_transactions: [transaction] }, [
    "charge.dispute.created",
    "charge.dispute.funds_withdrawn",
  ]);
  world.update("charge", charge.id, { disputed: true }); // without an event: the dispute has its own
  return draft.id;
}

function book({ ledger }: Account, dispute: Dispute, direction: "withdrawal" | "reversal"): BalanceTransaction {
  const sign = direction === "withdrawal" ? -1 : 1;
  return ledger.book({
    type: "adjustment",
    reportingCategory: direction === "withdrawal" ? "dispute" : "dispute_reversal",
    amount: sign * dispute.amount,
    fee: -sign * ruleOf(dispute.currency).disputeFee,
    currency: dispute.currency,
    source: dispute.id,
    description: `Chargeback ${direction} for ${String(dispute.charge)}`,
    availableAfterS: 0,
  });
}

function requireDispute({ world }: Account, id: string): Dispute {
  const dispute = world.store.get("dispute", id);
  if (dispute === undefined) throw missing("dispute", id, "dispute");
  // Written by this module, unexpanded.
  return dispute as Dispute;
}

/** Returns whether a dispute waits for the merchant. */
function isOpen(dispute: Dispute): boolean {
  return dispute.status === "needs_response" || dispute.status === "warning_needs_response";
}

/** Data that the merchant adds. `submit` sends it to the bank. */
export interface DisputeUpdate {
  readonly evidence: Readonly<Record<string, string>>;
  readonly metadata: Dispute["metadata"] | undefined;
  readonly submit: boolean;
}

/** Adds evidence or metadata; with `submit` the bank begins to review. */
export function updateDispute(account: Account, id: string, update: DisputeUpdate): void {
  const dispute = requireDispute(account, id);
  const hasEvidence = Object.keys(update.evidence).length > 0;
  if (hasEvidence && !isOpen(dispute)) {
    throw invalidRequest("This dispute is not in a state that allows evidence to be changed.", { param: "evidence" });
  }
  const details = dispute.evidence_details;
  const submitted = update.submit && hasEvidence;
  account.world.update(
    "dispute",
    id,
    {
      evidence: { ...dispute.evidence, ...update.evidence },
      metadata: update.metadata ?? dispute.metadata,
      evidence_details: {
        ...details,
        has_evidence: details.has_evidence || hasEvidence,
        submission_count: details.submission_count + (submitted ? 1 : 0),
        submission_method: submitted ? "manual" : details.submission_method,
      },
      ...(submitted ? { status: underReview(dispute) } : {}),
    },
    ["charge.dispute.updated"],
  );
}

function underReview(dispute: Dispute): Dispute["status"] {
  return dispute.status.startsWith("warning_") ? "warning_under_review" : "under_review";
}

/** Closes a dispute that the merchant accepts: it is lost. */
export function closeDispute(account: Account, id: string): void {
  const dispute = requireDispute(account, id);
  if (!isOpen(dispute)) throw invalidRequest("This dispute is already closed.", { code: "dispute_already_closed" });
  account.world.update("dispute", id, { status: dispute.status === "needs_response" ? "lost" : "warning_closed" }, [
    "charge.dispute.closed",
  ]);
}

/** Decides a dispute under review on behalf of the bank; a win returns amount and fee. */
export function decideDispute(account: Account, id: string, won: boolean): void {
  const dispute = requireDispute(account, id);
  if (dispute.status === "warning_under_review") {
    account.world.update("dispute", id, { status: "warning_closed" }, ["charge.dispute.closed"]);
    return;
  }
  if (!won) {
    account.world.update("dispute", id, { status: "lost" }, ["charge.dispute.closed"]);
    return;
  }
  const reversal = book(account, dispute, "reversal");
  account.world.update(
    "dispute",
    id,
    { status: "won", balance_transactions: [...dispute.balance_transactions, reversal] },
    ["charge.dispute.funds_reinstated", "charge.dispute.closed"],
  );
  account.world.update("charge", String(dispute.charge), { disputed: false });
}
