import Fastify from "fastify";
import { pino } from "pino";
import { createInbox, type Inbox } from "../../src/ingest/webhooks/inbox.ts";
import { createErrorFormatter } from "../../src/server/graphql/format-error.ts";
import { answerErrors } from "../../src/server/http/http-errors.ts";
import { registerWebhookRoute } from "../../src/server/webhooks.ts";
import { createDatabase, type Database } from "../../src/store/database.ts";
import { registerSources } from "../../src/sources/register-sources.ts";
import type { Source } from "../../src/sources/source.ts";
import { createWakeUps } from "../../src/runtime/wake-ups.ts";
import { type TestStore, useStore } from "./store.ts";
import { WAIT_LIMIT_MS } from "./eventually.ts";
import { registryOf } from "../../src/sources/source-registry.ts";

export interface WebhookServiceOptions {
  readonly sources: readonly Source[];
  /** Epoch milliseconds. Default: the system's clock. */
  readonly now?: () => number;
  /** True if deliveries are only stored. */
  readonly idle?: boolean;
  readonly maxAttempts?: number;
}

/** The inbox and its route on a separate database, for sources of any connector. Tenant: `acme`. */
export interface WebhookService extends AsyncDisposable {
  readonly store: TestStore;
  readonly inbox: Inbox;
  /** Sources whose streams or objects were requested, in order. */
  readonly reads: readonly string[];
  readonly refetchRequests: readonly string[];
  /** Posts a body to `main`, or another source. */
  post(body: string | Uint8Array, headers?: Readonly<Record<string, string>>, sourceId?: string): Promise<Response>;
  query(text: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>;
}

export async function startWebhookService(options: WebhookServiceOptions): Promise<WebhookService> {
  const store = await useStore();
  const db: Database = createDatabase({ connection: store.connection, max: 6 });
  await registerSources(db, options.sources);
  const [reads, refetchRequests]: [string[], string[]] = [[], []];
  const wakeUps = createWakeUps();
  wakeUps.on("refreshRequested", ({ id }) => void reads.push(id));
  wakeUps.on("refetchNeeded", ({ id }) => void refetchRequests.push(id));
  const log = pino({ level: "silent" });
  const byId = new Map(options.sources.map((source) => [source.id, source]));
  const inbox = createInbox({
    db,
    sources: registryOf(options.sources),
    configured: () => byId,
    log,
    now: options.now ?? Date.now,
    random: Math.random,
    wakeUps,
    ...(options.maxAttempts !== undefined && { maxAttempts: options.maxAttempts }),
  });
  const app = Fastify({ forceCloseConnections: true });
  answerErrors(app, createErrorFormatter({ log }));
  registerWebhookRoute(app, inbox);
  const url = await app.listen({ host: "127.0.0.1", port: 0 });
  if (options.idle !== true) inbox.start();
  return {
    store,
    inbox,
    reads,
    refetchRequests,
    post: (body, headers = {}, sourceId = "main") =>
      fetch(`${url}/webhooks/${sourceId}`, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: Buffer.from(body),
        signal: AbortSignal.timeout(WAIT_LIMIT_MS),
      }),
    query: (text, values = []) => db.transaction("acme", (tx) => tx.query(text, values)),
    async [Symbol.asyncDispose]() {
      await app.close();
      await inbox.close(10_000);
      await db.close();
      await store[Symbol.asyncDispose]();
    },
  };
}
