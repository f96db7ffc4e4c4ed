import Fastify from "fastify";
import { randomUUID } from "node:crypto";
import { pino } from "pino";
import { singleBucket } from "../../src/connector-api/budget.ts";
import { connector as stripeConnector } from "../../src/connectors/stripe/index.ts";
import type { StripeConfig } from "../../src/connectors/stripe/config.ts";
import { createInbox, type Inbox } from "../../src/ingest/webhooks/inbox.ts";
import { createErrorFormatter } from "../../src/server/graphql/format-error.ts";
import { answerErrors } from "../../src/server/http/http-errors.ts";
import { registerWebhookRoute } from "../../src/server/webhooks.ts";
import { createDatabase, type Database } from "../../src/store/database.ts";
import type { ConnectionSettings } from "../../src/store/connection.ts";
import { createRefetcher, type Refetcher } from "../../src/ingest/refetch/refetcher.ts";
import { registerSources } from "../../src/sources/register-sources.ts";
import type { Source } from "../../src/sources/source.ts";
import { createUpstream } from "../../src/upstream/upstream.ts";
import { createWakeUps, type WakeUps } from "../../src/runtime/wake-ups.ts";
import { targetOf } from "./target-of.ts";
import { registryOf } from "../../src/sources/source-registry.ts";

/** A source of the Stripe connector. */
export interface StripeSource {
  readonly id: string;
  readonly tenantId: string;
  readonly config: unknown;
}

export interface InboxServiceOptions {
  readonly connection: ConnectionSettings;
  readonly sources: readonly StripeSource[];
  /** Wraps the database that the service uses. */
  readonly wrap?: (db: Database) => Database;
  /** Epoch milliseconds. Default: the system's clock. */
  readonly now?: () => number;
  /** True if deliveries are only stored, and nothing is applied or fetched automatically. */
  readonly idle?: boolean;
  readonly maxAttempts?: number;
  /** Replaces the Stripe connector by a deliberately faulty one. */
  readonly connector?: typeof stripeConnector;
}

/** The inbox with its route and its refetches, as in one replica of the service. */
export interface InboxService extends AsyncDisposable {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly db: Database;
  readonly inbox: Inbox;
  readonly refetcher: Refetcher;
  readonly wakeUps: WakeUps;
  readonly sources: readonly Source[];
}

/** Starts one on a free port of the loopback interface. */
export async function startInboxService(options: InboxServiceOptions): Promise<InboxService> {
  const { connector = stripeConnector } = options;
  const open = createDatabase({ connection: options.connection, max: 8 });
  const db = options.wrap?.(open) ?? open;
  const upstreams = options.sources.map(({ config }) => {
    const parsed: StripeConfig = connector.config.parse(config);
    return createUpstream({
      target: targetOf(connector, parsed),
      budget: singleBucket({ requestsPerSecond: 10_000, maxConcurrent: 50 }),
      breakerMinCalls: Infinity, // the tests check a failing source, not the circuit breaker
    });
  });
  const sources = options.sources.map((source, index): Source => {
    const upstream = upstreams[index];
    if (upstream === undefined) throw new Error("an upstream is made for each source");
    return {
      id: source.id,
      tenantId: source.tenantId,
      connector,
      config: connector.config.parse(source.config),
      scheduleMs: undefined,
      credential: upstream.credential,
      client: (lane) => upstream.client(lane, source.tenantId),
    };
  });
  await registerSources(db, sources);
  const log = pino({ level: "silent" });
  const wakeUps = createWakeUps();
  const byId = new Map(sources.map((source) => [source.id, source]));
  const shared = { db, sources: registryOf(sources), configured: () => byId, log, random: Math.random, wakeUps };
  const refetcher = createRefetcher({ ...shared, owner: randomUUID() });
  const inbox = createInbox({
    ...shared,
    now: options.now ?? Date.now,
    ...(options.maxAttempts !== undefined && { maxAttempts: options.maxAttempts }),
  });
  const app = Fastify({ forceCloseConnections: true });
  answerErrors(app, createErrorFormatter({ log }));
  registerWebhookRoute(app, inbox);
  const url = await app.listen({ host: "127.0.0.1", port: 0 });
  if (options.idle !== true) {
    inbox.start();
    refetcher.start();
  }
  return {
    url,
    db,
    inbox,
    refetcher,
    wakeUps,
    sources,
    async [Symbol.asyncDispose]() {
      await app.close();
      await Promise.all([inbox.close(10_000), refetcher.close(10_000)]);
      await Promise.all(upstreams.map((upstream) => upstream.close()));
      await db.close();
    },
  };
}
