import type { Connector } from "../../connector-api/connector.ts";
import { plaidBudget, plaidClientBudget } from "./budget.ts";
import { plaidConfig, type PlaidConfig } from "./config.ts";
import { plaidCursor, type PlaidCursor } from "./cursor.ts";
import { FETCHABLE, fetchAccounts } from "./fetch.ts";
import { readItem } from "./item.ts";
import { readStream } from "./read.ts";
import { STREAMS } from "./streams.ts";
import { plaidWebhook } from "./webhook.ts";

/** Connector for one Plaid Item, by Plaid's REST API and webhooks. */
export const connector: Connector<PlaidConfig, PlaidCursor> = {
  name: "plaid",
  config: plaidConfig,
  cursor: plaidCursor,
  streams: STREAMS,
  renames: ["BankTransaction"], // a pending transaction gets another id when it is posted
  target: ({ baseUrl, clientId, accessToken }) => ({
    baseUrl,
    credential: `${clientId}:${accessToken}`,
    platformCredential: clientId,
  }),
  accountOf: ({ itemId }) => itemId,
  accountSettings: ["accessToken", "itemId"],
  budget: () => plaidBudget,
  platformBudget: () => plaidClientBudget,
  async check(input) {
    await readItem(input);
  },
  read: readStream,
  fetch: FETCHABLE,
  fetchMany: fetchAccounts,
  webhook: plaidWebhook,
};
