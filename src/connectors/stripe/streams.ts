import type { StreamSpec } from "../../connector-api/connector.ts";
import type { Query } from "./client.ts";
import type { ObjectName } from "./kinds.ts";

/** A stream of objects that Stripe lists, newest first. */
export interface ListStream extends StreamSpec {
  readonly object: ObjectName;
  readonly path: string;
  readonly query: Query;
  /** Events that carry a changed object. None: changes are found by listing `lookbackSeconds` again. */
  readonly eventTypes: readonly string[];
  readonly lookbackSeconds: number;
}

/** Stripe may show an event some seconds after the second that it is dated. */
const EVENT_OVERLAP_SECONDS = 30;

/** Ledger entries have no events. They appear late now and then, and `available_on` may still move in the first days. */
const LEDGER_LOOKBACK_SECONDS = 7 * 86_400;

function listStream(
  name: string,
  stream: Pick<ListStream, "object" | "entities"> &
    Partial<Pick<ListStream, "query" | "eventTypes" | "lookbackSeconds">>,
): ListStream {
  const defaults = { query: [], eventTypes: [], lookbackSeconds: EVENT_OVERLAP_SECONDS };
  return { name, path: `/v1/${name}`, ranged: true, ...defaults, ...stream };
}

/** The balance has no history and no list: it is read whole each time. */
export const BALANCE_STREAM: StreamSpec = { name: "balance", entities: ["Account", "Balance"], ranged: false };

/** Parents stand before their children, so that a first sync in this order shows few references to what is not there. */
export const LIST_STREAMS: readonly ListStream[] = [
  listStream("customers", {
    object: "customer",
    entities: ["Party"],
    eventTypes: ["customer.created", "customer.updated", "customer.deleted"],
  }),
  listStream("payment_intents", {
    object: "payment_intent",
    entities: ["Payment"],
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
    eventTypes: [
      "charge.pending",
      "charge.succeeded",
      "charge.failed",
      "charge.captured",
      "charge.expired",
      "charge.updated",
      "charge.refunded",
    ],
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
    lookbackSeconds: LEDGER_LOOKBACK_SECONDS,
  }),
];

/** Every stream that Stripe offers. */
export const STREAMS: readonly StreamSpec[] = [BALANCE_STREAM, ...LIST_STREAMS].map(({ name, entities, ranged }) => ({
  name,
  entities,
  ranged,
}));
