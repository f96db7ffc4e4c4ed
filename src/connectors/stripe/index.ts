import type { Connector } from "../../connector-api/connector.ts";
import { ServiceError } from "../../domain/error.ts";
import { stripeBudget } from "./budget.ts";
import { accountRefusal, stripeGet } from "./client.ts";
import { stripeConfig, type StripeConfig } from "./config.ts";
import { stripeCursor, type StripeCursor } from "./cursor.ts";
import { FETCHABLE, fetchMany } from "./fetch.ts";
import { BALANCE_PATH } from "./read-balance.ts";
import { readStream } from "./read.ts";
import { STREAMS } from "./streams.ts";
import { stripeWebhook } from "./webhook.ts";
import { balanceWire } from "./wire/balance.ts";

/** Connector for Stripe, by its REST API and webhooks. */
export const connector: Connector<StripeConfig, StripeCursor> = {
  name: "stripe",
  config: stripeConfig,
  cursor: stripeCursor,
  streams: STREAMS,
  oldest: "2010-09-01T00:00:00.000Z", // when Stripe's first users joined
  target: ({ baseUrl, apiKey }) => ({ baseUrl, credential: apiKey }),
  accountOf: ({ account }) => account,
  accountSettings: ["account"],
  budget: stripeBudget,
  async check(input) {
    const answer = await stripeGet(input, BALANCE_PATH, [], [403]);
    if (answer.status === 403) {
      const refused = accountRefusal(input, answer);
      if (refused !== undefined) throw refused;
      return; // Stripe knows the key, which may lack only the permission to read this
    }
    if (!balanceWire.safeParse(answer.json).success) {
      throw new ServiceError(
        "UPSTREAM_MALFORMED",
        "the response is not a Stripe balance: check that baseUrl is Stripe's",
      );
    }
  },
  read: readStream,
  fetch: FETCHABLE,
  fetchMany,
  webhook: stripeWebhook,
};
