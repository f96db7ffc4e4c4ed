import { EVENTS } from "./list/events.ts";
import { FEEDS } from "./list/feeds.ts";
import { GRAPH } from "./list/graph.ts";
import { MONEY_AND_STATEMENTS } from "./list/money.ts";
import { POLLING } from "./list/polling.ts";
import { POSTGRES_CDC } from "./list/postgres-cdc.ts";
import { RECONCILE } from "./list/reconcile.ts";
import { SIGNATURES } from "./list/signatures.ts";
import { STORE } from "./list/store.ts";
import { TRANSPORTS } from "./list/transports.ts";
import { UPSTREAM } from "./list/upstream.ts";
import { WEBHOOKS } from "./list/webhooks.ts";
import type { Mutation } from "./mutation.ts";

/** The mutations by theme: the names that `npm run test:mutations` takes. */
export const THEMES: Readonly<Record<string, readonly Mutation[]>> = {
  events: EVENTS,
  feeds: FEEDS,
  graph: GRAPH,
  money: MONEY_AND_STATEMENTS,
  polling: POLLING,
  "postgres-cdc": POSTGRES_CDC,
  reconcile: RECONCILE,
  signatures: SIGNATURES,
  store: STORE,
  transports: TRANSPORTS,
  upstream: UPSTREAM,
  webhooks: WEBHOOKS,
};

export const MUTATIONS: readonly Mutation[] = Object.values(THEMES).flat();
