import { EVENTS } from "./list/events.ts";
import { GRAPH } from "./list/graph.ts";
import { MONEY_AND_STATEMENTS } from "./list/money.ts";
import { POLLING } from "./list/polling.ts";
import { SIGNATURES } from "./list/signatures.ts";
import { STORE } from "./list/store.ts";
import { UPSTREAM } from "./list/upstream.ts";
import { WEBHOOKS } from "./list/webhooks.ts";
import type { Mutation } from "./mutation.ts";

/** The mutations by theme: the names that `npm run test:mutations` takes. */
export const THEMES: Readonly<Record<string, readonly Mutation[]>> = {
  events: EVENTS,
  graph: GRAPH,
  money: MONEY_AND_STATEMENTS,
  polling: POLLING,
  signatures: SIGNATURES,
  store: STORE,
  upstream: UPSTREAM,
  webhooks: WEBHOOKS,
};

export const MUTATIONS: readonly Mutation[] = Object.values(THEMES).flat();
