import type { StreamName } from "./streams.ts";
import type { WebhookWire } from "./wire/webhook.ts";

/** Streams with new data: balances change with the transactions. */
const CHANGED_STREAMS: readonly StreamName[] = ["transactions", "accounts"];
/**
 * Streams to read after a change of the Item's state: reading the accounts first requests the Item's state, and so
 * detects if it works.
 */
const STATE: readonly StreamName[] = ["accounts"];

/** Streams with new data, by type and code. Source: Plaid docs, "Transactions" and "Items", webhooks. */
const STREAMS_OF: Readonly<Record<string, readonly StreamName[]>> = {
  "TRANSACTIONS.SYNC_UPDATES_AVAILABLE": CHANGED_STREAMS,
  // The older four arrive in addition to it, and also where it does not: before `/transactions/sync` was first called
  // for the Item.
  "TRANSACTIONS.INITIAL_UPDATE": CHANGED_STREAMS,
  "TRANSACTIONS.HISTORICAL_UPDATE": CHANGED_STREAMS,
  "TRANSACTIONS.DEFAULT_UPDATE": CHANGED_STREAMS,
  "TRANSACTIONS.TRANSACTIONS_REMOVED": CHANGED_STREAMS,
  "ITEM.ERROR": STATE,
  "ITEM.NEW_ACCOUNTS_AVAILABLE": STATE,
  "ITEM.PENDING_DISCONNECT": STATE,
  "ITEM.PENDING_EXPIRATION": STATE,
  "ITEM.USER_PERMISSION_REVOKED": STATE,
  "ITEM.USER_ACCOUNT_REVOKED": STATE,
  // The changes missed while the login was broken are read too.
  "ITEM.LOGIN_REPAIRED": CHANGED_STREAMS,
};

/**
 * Returns the streams to be read because of a webhook. None for webhooks of other products, and for those that only
 * confirm something.
 */
export function streamsOf({ webhook_type: type, webhook_code: code }: WebhookWire): readonly StreamName[] {
  const name = `${type}.${code}`;
  return Object.hasOwn(STREAMS_OF, name) ? (STREAMS_OF[name] ?? []) : [];
}
