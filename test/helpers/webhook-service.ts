import Fastify from "fastify";
import { pino } from "pino";
import { createInbox, type Inbox } from "../../src/inbox/inbox.ts";
import { registerWebhookRoute } from "../../src/server/webhooks.ts";
import { createDatabase, type Database } from "../../src/store/database.ts";
import { registerSources } from "../../src/sync/register-sources.ts";
import type { Source } from "../../src/upstream/source.ts";
import { type TestStore, useStore } from "./store.ts";

export interface WebhookServiceOptions {
  readonly sources: readonly Source[];
  /** Epoch milliseconds. Default: the system's clock. */
  readonly now?: () => number;
  /** Deliveries are only stored. */
  readonly idle?: boolean;
  readonly maxAttempts?: number;
}

/** The inbox and its route on a database of their own, for sources of any connector. Tenant: `acme`. */
export interface WebhookService extends AsyncDisposable {
  readonly store: TestStore;
  readonly inbox: Inbox;
  /** Sources whose streams or objects were asked for, in order. */
  readonly reads: readonly string[];
  readonly doubts: readonly string[];
  /** Posts a body to `main`, or another source. */
  post(body: string | Uint8Array, headers?: Readonly<Record<string, string>>, sourceId?: string): Promise<Response>;
  query(text: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>;
}

export async function startWebhookService(options: WebhookServiceOptions): Promise<WebhookService> {
  const store = await useStore();
  const db: Database = createDatabase({ connection: store.connection, max: 6 });
  await registerSources(db, options.sources);
  const [reads, doubts]: [string[], string[]] = [[], []];
  const inbox = createInbox({
    db,
    sources: options.sources,
    log: pino({ level: "silent" }),
    now: options.now ?? Date.now,
    random: Math.random,
    onReads: (sourceId) => void reads.push(sourceId),
    onDoubts: (sourceId) => void doubts.push(sourceId),
    ...(options.maxAttempts !== undefined && { maxAttempts: options.maxAttempts }),
  });
  const app = Fastify({ forceCloseConnections: true });
  registerWebhookRoute(app, inbox);
  const url = await app.listen({ host: "127.0.0.1", port: 0 });
  if (options.idle !== true) inbox.start();
  return {
    store,
    inbox,
    reads,
    doubts,
    post: (body, headers = {}, sourceId = "main") =>
      fetch(`${url}/webhooks/${sourceId}`, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: Buffer.from(body),
        signal: AbortSignal.timeout(20_000),
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
