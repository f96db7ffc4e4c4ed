import { book } from "./ledger.ts";
import type { Payment, Refund } from "./objects.ts";
import { addRefunded, lastOf } from "./payments.ts";
import { timeOf } from "./times.ts";
import type { World } from "./world.ts";

const REASONS = ["requested_by_customer", "duplicate", "not_delivered"] as const;

/** Returns a part of what was captured. */
export function createRefund(world: World, payment: Payment, amount: bigint, atMs: number): Refund {
  const refund: Refund = {
    id: world.newId("rfn"),
    createdAt: timeOf(atMs),
    paymentId: payment.id,
    authorizationId: lastOf(payment).id,
    amount,
    currency: payment.currency,
    status: "REFUND_STATUS_PENDING",
    reason: world.random.pick(REASONS),
  };
  world.put("Refund", refund, atMs);
  addRefunded(world, payment, amount, atMs);
  bookRefund(world, refund, "LEDGER_ENTRY_KIND_REFUND", atMs);
  return refund;
}

/** Ends a pending refund: the money has arrived at the cardholder, or came back. */
export function endRefund(world: World, refund: Refund, isFailed: boolean, atMs: number): Refund {
  const ended: Refund = {
    ...refund,
    ...(isFailed
      ? { status: "REFUND_STATUS_FAILED", failureReason: "card_closed" }
      : { status: "REFUND_STATUS_COMPLETED" }),
  };
  world.put("Refund", ended, atMs);
  const payment = world.find("Payment", refund.paymentId)?.value;
  if (!isFailed || payment === undefined) return ended;
  addRefunded(world, payment, -refund.amount, atMs);
  bookRefund(world, ended, "LEDGER_ENTRY_KIND_REFUND_FAILURE", atMs);
  return ended;
}

function bookRefund(
  world: World,
  { id, amount, currency }: Refund,
  kind: "LEDGER_ENTRY_KIND_REFUND" | "LEDGER_ENTRY_KIND_REFUND_FAILURE",
  atMs: number,
): void {
  const gross = kind === "LEDGER_ENTRY_KIND_REFUND" ? -amount : amount;
  book(world, { kind, gross, currency, originId: id, description: `Refund ${id.slice(-6)}` }, atMs);
}
