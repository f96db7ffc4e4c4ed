import type { StreamSpec } from "../../connector-api/connector.ts";
import type { Query } from "./client.ts";
import type { ObjectName } from "./kinds.ts";

/** A stream of objects that Stripe lists, newest first. */
export interface ListStream extends StreamSpec {
  readonly object: ObjectName;
  readonly path: string;
  readonly query: Query;
  /** Events that carry a changed object. None: changes are found by listing the last `lookbackSeconds` again. */
  readonly eventTypes: readonly string[];
  /**
   * Events of other objects that change an object of this stream without an event of its own: only the hints for
   * objects of this stream are taken from them, so that a source that reads this stream alone misses no change.
   */
  readonly affectedBy: readonly string[];
  readonly lookbackSeconds: number;
}

/** Stripe may publish an event some seconds after the second of its timestamp. */
const EVENT_OVERLAP_SECONDS = 30;

/**
 * Ledger entries have no events. They occasionally appear late, and `available_on` may still change in the first days.
 */
const LEDGER_LOOKBACK_SECONDS = 7 * 86_400;

function listStream(
  name: string,
  stream: Pick<ListStream, "object" | "entities"> &
    Partial<Pick<ListStream, "path" | "query" | "eventTypes" | "affectedBy" | "lookbackSeconds" | "comparison">>,
): ListStream {
  const defaults = { query: [], eventTypes: [], affectedBy: [], lookbackSeconds: EVENT_OVERLAP_SECONDS };
  return { name, path: `/v1/${name}`, ranged: true, ...defaults, ...stream };
}

/** Name of the stream of the ledger entries of payouts. */
export const PAYOUT_LINES = "payout_lines";

/** The balance has no history and no list: it is read completely each time. */
export const BALANCE_STREAM: StreamSpec = { name: "balance", entities: ["Account", "Balance"], ranged: false };

/** Parents come before their children, so that a first sync in this order has few references to missing objects. */
export const LIST_STREAMS: readonly ListStream[] = [
  listStream("customers", {
    object: "customer",
    entities: ["Party"],
    eventTypes: ["customer.created", "customer.updated", "customer.deleted"],
  }),
  listStream("payment_intents", {
    object: "payment_intent",
    entities: ["Payment"],
    comparison: { types: [{ type: "Payment", listing: "COMPLETE", idPattern: "(^|/)pi_" }] },
    eventTypes: [
      "payment_intent.created",
      "payment_intent.processing",
      "payment_intent.requires_action",
      "payment_intent.amount_capturable_updated",
      "payment_intent.partially_funded",
      "payment_intent.succeeded",
      "payment_intent.payment_failed",
      "payment_intent.canceled",
    ],
  }),
  listStream("charges", {
    object: "charge",
    entities: ["PaymentAttempt", "Payment"],
    comparison: {
      types: [
        { type: "PaymentAttempt", listing: "COMPLETE" },
        // A charge without an intent is a payment by itself.
        { type: "Payment", listing: "COMPLETE", idPattern: "(^|/)(ch|py)_" },
      ],
    },
    eventTypes: [
      "charge.pending",
      "charge.succeeded",
      "charge.failed",
      "charge.captured",
      "charge.expired",
      "charge.updated",
      "charge.refunded",
    ],
    affectedBy: ["refund.failed", "charge.refund.updated", "charge.dispute.created", "charge.dispute.closed"],
  }),
  listStream("refunds", {
    object: "refund",
    entities: ["Refund"],
    eventTypes: ["refund.created", "refund.updated", "refund.failed", "charge.refund.updated"],
  }),
  listStream("disputes", {
    object: "dispute",
    entities: ["Dispute"],
    eventTypes: [
      "charge.dispute.created",
      "charge.dispute.updated",
      "charge.dispute.funds_withdrawn",
      "charge.dispute.funds_reinstated",
      "charge.dispute.closed",
    ],
  }),
  listStream("payouts", {
    object: "payout",
    entities: ["Payout", "Account"],
    comparison: {
      types: [
        { type: "Payout", listing: "COMPLETE" },
        { type: "Account", listing: "PARTIAL" },
      ],
    },
    query: [["expand[]", "data.destination"]],
    eventTypes: [
      "payout.created",
      "payout.updated",
      "payout.paid",
      "payout.failed",
      "payout.canceled",
      "payout.reconciliation_completed",
    ],
  }),
  listStream("balance_transactions", {
    object: "balance_transaction",
    entities: ["LedgerEntry"],
    comparison: { types: [{ type: "LedgerEntry", listing: "COMPLETE" }] },
    lookbackSeconds: LEDGER_LOOKBACK_SECONDS,
  }),
  // Content of payouts: each payout once more, with the ledger entries that it paid out.
  listStream(PAYOUT_LINES, {
    object: "payout",
    path: "/v1/payouts",
    entities: ["Payout", "LedgerEntry"],
    comparison: {
      notComparable: "Its payouts and ledger entries are those of the streams payouts and balance_transactions.",
    },
    eventTypes: ["payout.reconciliation_completed", "payout.paid"],
  }),
];

/** Every stream that Stripe offers. */
export const STREAMS: readonly StreamSpec[] = [BALANCE_STREAM, ...LIST_STREAMS].map(
  ({ name, entities, ranged, comparison }) => ({ name, entities, ranged, ...(comparison && { comparison }) }),
);
