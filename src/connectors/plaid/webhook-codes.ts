import type { StreamName } from "./streams.ts";
import type { WebhookWire } from "./wire/webhook.ts";

/** Balances move with the transactions. */
const NEWS: readonly StreamName[] = ["transactions", "accounts"];
/** Reading the accounts asks first how the Item is, and so tells what it is able to do. */
const STATE: readonly StreamName[] = ["accounts"];

/** Which streams have something new, by type and code. Source: Plaid docs, "Transactions" and "Items", webhooks. */
const STREAMS_OF: Readonly<Record<string, readonly StreamName[]>> = {
  "TRANSACTIONS.SYNC_UPDATES_AVAILABLE": NEWS,
  // The older four come beside it, also where it does not: before `/transactions/sync` was first called for the Item.
  "TRANSACTIONS.INITIAL_UPDATE": NEWS,
  "TRANSACTIONS.HISTORICAL_UPDATE": NEWS,
  "TRANSACTIONS.DEFAULT_UPDATE": NEWS,
  "TRANSACTIONS.TRANSACTIONS_REMOVED": NEWS,
  "ITEM.ERROR": STATE,
  "ITEM.NEW_ACCOUNTS_AVAILABLE": STATE,
  "ITEM.PENDING_DISCONNECT": STATE,
  "ITEM.PENDING_EXPIRATION": STATE,
  "ITEM.USER_PERMISSION_REVOKED": STATE,
  "ITEM.USER_ACCOUNT_REVOKED": STATE,
  // What was missed while nobody could log in is read too.
  "ITEM.LOGIN_REPAIRED": NEWS,
};

/** Streams to be read because of a webhook. None for those of other products, and for those that only confirm something. */
export function streamsOf({ webhook_type: type, webhook_code: code }: WebhookWire): readonly StreamName[] {
  const name = `${type}.${code}`;
  return Object.hasOwn(STREAMS_OF, name) ? (STREAMS_OF[name] ?? []) : [];
}
