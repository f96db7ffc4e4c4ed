import type { IncomingMessage, ServerResponse } from "node:http";
import { randomBytes } from "node:crypto";
import { endRunsOfSource } from "../../src/ingest/polling/end-runs-of-source.ts";
import { createAccountHash } from "../../src/sources/connected/account-hash.ts";
import { createConnectedSources } from "../../src/sources/connected/connected-sources.ts";
import type {
  ConnectedSources,
  ConnectedSourcesOptions,
  ConnectRequest,
} from "../../src/sources/connected/requests.ts";
import { createKeyring, type Keyring } from "../../src/sources/secrets/keyring.ts";
import { createLocalStore } from "../../src/upstream/budget/local-store.ts";
import { systemClock } from "../../src/runtime/clock.ts";
import { type LocalServer, startHttpServer } from "./local-server.ts";
import { type TestStore, useStore } from "./store.ts";

export const KEY = randomBytes(32);

/** A store, the operations on connected sources, and an upstream that accepts some keys. */
export interface ConnectedWorld extends AsyncDisposable {
  readonly store: TestStore;
  readonly upstream: LocalServer;
  readonly keyring: Keyring;
  readonly sources: ConnectedSources;
  /** Keys that the upstream accepts. */
  readonly accepted: Set<string>;
  /** Number of calls that the upstream has received. */
  calls(): number;
  /** Replaces the answer to the next calls; undefined: the usual one. */
  answer(listener: ((request: IncomingMessage, response: ServerResponse) => void) | undefined): void;
  /** Returns a request for a Stripe-like source at the upstream. */
  request(change?: Partial<ConnectRequest>): ConnectRequest;
  /** Operations with other options. */
  open(change: Partial<ConnectedSourcesOptions>): ConnectedSources;
}

const BALANCE = JSON.stringify({ object: "balance", livemode: false, available: [], pending: [] });

export async function useConnectedWorld(): Promise<ConnectedWorld> {
  const store = await useStore();
  const accepted = new Set(["sk_test_1"]);
  let calls = 0;
  let own: ((request: IncomingMessage, response: ServerResponse) => void) | undefined;
  const upstream = await startHttpServer((request, response) => {
    calls += 1;
    if (own !== undefined) return own(request, response);
    const key = /^Bearer (.*)$/.exec(request.headers.authorization ?? "")?.[1] ?? "";
    response.writeHead(accepted.has(key) ? 200 : 401, { "content-type": "application/json" });
    response.end(accepted.has(key) ? BALANCE : JSON.stringify({ error: { message: `Invalid API Key: ${key}` } }));
  });
  const keyring = createKeyring(KEY, []);
  const options: ConnectedSourcesOptions = {
    db: store.db,
    keyring,
    budgets: { store: () => createLocalStore(systemClock) },
    file: { configs: [], platforms: new Map() },
    networks: ["127.0.0.0/8"],
    comparisonsEveryMs: 86_400_000,
    accountHash: createAccountHash(KEY),
    registerWork: () => Promise.resolve(),
    endRuns: endRunsOfSource,
    onChanged: () => undefined,
    onErasing: () => undefined,
  };
  const open = (change: Partial<ConnectedSourcesOptions>) => createConnectedSources({ ...options, ...change });
  return {
    store,
    upstream,
    keyring,
    accepted,
    sources: open({}),
    calls: () => calls,
    answer: (listener) => void (own = listener),
    request: (change = {}) => ({
      id: "stripe-1",
      connector: "stripe",
      platform: undefined,
      settings: { baseUrl: upstream.url, apiKey: "sk_test_1", webhookSecrets: ["whsec_1"] },
      schedule: "5m",
      budget: undefined,
      networks: undefined,
      reconcile: undefined,
      idempotencyKey: undefined,
      ...change,
    }),
    open,
    async [Symbol.asyncDispose]() {
      await upstream[Symbol.asyncDispose]();
      await store[Symbol.asyncDispose]();
    },
  };
}
