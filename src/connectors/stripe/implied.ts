import { z } from "zod";
import type { HintMessage, ObjectMessage } from "../../connector-api/messages.ts";
import type { EventWire } from "./wire/event.ts";
import { id, integer } from "./wire/primitives.ts";

/**
 * The first API version in which each new refund of a charge has an event of its own, `refund.created`. In earlier
 * versions only the charge has one. Source: Stripe changelog, 2024-10-28.acacia.
 */
const REFUND_EVENTS_SINCE = "2024-10-28";

/**
 * Types of events after which a bank account may have been replaced, or have another state: it has no events of its
 * own.
 */
const DESTINATION_EVENTS: readonly string[] = ["payout.created", "payout.failed"];
/** Types of events with which a dispute marks its charge as disputed, or ends: the charge need not have an event. */
const DISPUTE_EVENTS: readonly string[] = ["charge.dispute.created", "charge.dispute.closed"];

/** Returns hints for objects that an event affects without containing them. */
export function impliedByEvent(event: EventWire, messages: readonly ObjectMessage[]): readonly HintMessage[] {
  return [...messages.flatMap((message) => impliedByMessage(event, message)), ...refundsOfCharge(event)];
}

function impliedByMessage({ type }: EventWire, message: ObjectMessage): readonly HintMessage[] {
  if (message.type !== "record") return [];
  const { record } = message;
  // Snapshots are not expanded: a payout contains only the id of its account.
  if (record.type === "Payout" && DESTINATION_EVENTS.includes(type))
    return hint("Account", record.destinationExternalId);
  if (record.type === "Dispute" && DISPUTE_EVENTS.includes(type)) {
    return hint("PaymentAttempt", record.attemptExternalId);
  }
  return impliedByState(message);
}

/** A failed refund is subtracted from its charge's refunded amount, without an event of the charge. */
export function impliedByState(message: ObjectMessage): readonly HintMessage[] {
  if (message.type !== "record" || message.record.type !== "Refund") return [];
  const { status, attemptExternalId } = message.record;
  return status === "FAILED" || status === "CANCELED" ? hint("PaymentAttempt", attemptExternalId) : [];
}

function hint(entity: HintMessage["entity"], externalId: string | undefined): readonly HintMessage[] {
  return externalId === undefined ? [] : [{ type: "hint", entity, externalId }];
}

const chargeOfEvent = z.object({
  object: z.object({ id, object: z.literal("charge"), amount_captured: integer.nullish(), amount_refunded: integer }),
  previous_attributes: z.object({ amount_refunded: z.unknown().optional() }).nullish(),
});

/**
 * Returns a hint for the refunds of a charge, if only the charge's event reports a new one. One request for each such
 * event: for an account whose events have an older version, one per refund; for any other, only when an authorisation
 * was released.
 */
function refundsOfCharge(event: EventWire): readonly HintMessage[] {
  const parsed = chargeOfEvent.safeParse(event.data);
  if (!parsed.success || !containsNewRefund(event, parsed.data)) return [];
  return [{ type: "hint", entity: "Refund", externalId: parsed.data.object.id, of: "PaymentAttempt" }];
}

function containsNewRefund({ type, api_version: version }: EventWire, data: z.infer<typeof chargeOfEvent>): boolean {
  const { amount_captured: captured, amount_refunded: refunded } = data.object;
  if (refunded === 0n) return false;
  switch (type) {
    case "charge.refunded":
      return isBefore(version, REFUND_EVENTS_SINCE) || captured === 0n;
    case "charge.captured":
    case "charge.expired":
      return true;
    case "charge.updated":
      return data.previous_attributes?.amount_refunded !== undefined;
    default:
      return false;
  }
}

/** Compares the date of a version. Versions begin with their date; events from before 2014 have none. */
function isBefore(version: string | null | undefined, date: string): boolean {
  return (version ?? "").slice(0, date.length) < date;
}
