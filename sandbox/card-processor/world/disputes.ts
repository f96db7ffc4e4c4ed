import { book } from "./ledger.ts";
import type { Dispute, Payment } from "./objects.ts";
import { lastOf } from "./payments.ts";
import { DAY_MS, timeOf } from "./times.ts";
import type { World } from "./world.ts";

const REASONS = [
  ["10.4", "fraud_card_absent"],
  ["13.1", "goods_not_received"],
  ["13.3", "not_as_described"],
  ["12.6", "duplicate_processing"],
] as const;
/** Days in which a merchant may respond at each stage. */
const RESPONSE_DAYS = 20;

/** The cardholder disputes a captured payment: with a request for information, or at once with a chargeback. */
export function openDispute(world: World, payment: Payment, atMs: number): Dispute {
  const [reasonCode, reason] = world.random.pick<readonly [string, string]>(REASONS);
  const dispute: Dispute = {
    id: world.newId("dsp"),
    createdAt: timeOf(atMs),
    paymentId: payment.id,
    authorizationId: lastOf(payment).id,
    amount: payment.capturedAmount,
    currency: payment.currency,
    stage: world.random.chance(0.3) ? "DISPUTE_STAGE_RETRIEVAL" : "DISPUTE_STAGE_CHARGEBACK",
    status: "DISPUTE_STATUS_RESPONSE_REQUIRED",
    reasonCode,
    reason,
    respondBy: timeOf(atMs + RESPONSE_DAYS * DAY_MS),
  };
  world.put("Dispute", dispute, atMs);
  if (dispute.stage === "DISPUTE_STAGE_CHARGEBACK") bookChargeback(world, dispute, atMs);
  return dispute;
}

/** Takes a dispute one step further: a response, a decision, or the next stage. */
export function advanceDispute(world: World, dispute: Dispute, atMs: number): Dispute {
  const next = stepOf(world, dispute, atMs);
  world.put("Dispute", next, atMs);
  if (dispute.stage === "DISPUTE_STAGE_RETRIEVAL" && next.stage === "DISPUTE_STAGE_CHARGEBACK")
    bookChargeback(world, next, atMs);
  if (next.status === "DISPUTE_STATUS_WON" && next.stage !== "DISPUTE_STAGE_RETRIEVAL") bookReversal(world, next, atMs);
  return next;
}

/** True if a dispute may still change. */
export function isOpen({ status }: Dispute): boolean {
  return status === "DISPUTE_STATUS_RESPONSE_REQUIRED" || status === "DISPUTE_STATUS_UNDER_REVIEW";
}

function stepOf(world: World, dispute: Dispute, atMs: number): Dispute {
  const { respondBy: _past, ...rest } = dispute;
  if (dispute.status === "DISPUTE_STATUS_RESPONSE_REQUIRED") {
    const isAccepted = world.random.chance(0.2);
    return { ...rest, status: isAccepted ? "DISPUTE_STATUS_ACCEPTED" : "DISPUTE_STATUS_UNDER_REVIEW" };
  }
  const later = laterStage(dispute.stage);
  if (later !== undefined && world.random.chance(0.4)) {
    const respondBy = timeOf(atMs + RESPONSE_DAYS * DAY_MS);
    return { ...rest, stage: later, status: "DISPUTE_STATUS_RESPONSE_REQUIRED", respondBy };
  }
  return { ...rest, status: world.random.chance(0.5) ? "DISPUTE_STATUS_WON" : "DISPUTE_STATUS_LOST" };
}

const STAGES: readonly Dispute["stage"][] = [
  "DISPUTE_STAGE_RETRIEVAL",
  "DISPUTE_STAGE_CHARGEBACK",
  "DISPUTE_STAGE_PRE_ARBITRATION",
  "DISPUTE_STAGE_ARBITRATION",
];
const laterStage = (stage: Dispute["stage"]): Dispute["stage"] | undefined => STAGES[STAGES.indexOf(stage) + 1];

function bookChargeback(world: World, { id, amount, currency }: Dispute, atMs: number): void {
  const kind = "LEDGER_ENTRY_KIND_CHARGEBACK";
  book(world, { kind, gross: -amount, currency, originId: id, description: `Chargeback ${id.slice(-6)}` }, atMs);
}

function bookReversal(world: World, { id, amount, currency }: Dispute, atMs: number): void {
  const kind = "LEDGER_ENTRY_KIND_CHARGEBACK_REVERSAL";
  book(world, { kind, gross: amount, currency, originId: id, description: `Chargeback ${id.slice(-6)} won` }, atMs);
}
