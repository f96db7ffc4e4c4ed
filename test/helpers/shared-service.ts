import { pino } from "pino";
import { Registry } from "prom-client";
import type { UseCases } from "../../resolvers/use-cases.ts";
import type { Config } from "../../src/config.ts";
import { createEventFeed } from "../../src/events/feed.ts";
import { checkCommit } from "../../src/ingest/webhooks/check-commit.ts";
import { createInbox } from "../../src/ingest/webhooks/inbox.ts";
import { createMetrics } from "../../src/metrics.ts";
import { createReadThrough } from "../../src/ingest/read-through/read-through.ts";
import { part as databasesPart } from "../../src/parts/databases.ts";
import type { Base } from "../../src/parts/base.ts";
import { createServedTenants } from "../../src/runtime/served-tenants.ts";
import { createWakeUps } from "../../src/runtime/wake-ups.ts";
import { createServer } from "../../src/server/create-server.ts";
import type { OperationLimitSettings } from "../../src/server/graphql/operation-limits.ts";
import { registerWebhookRoute } from "../../src/server/webhooks.ts";
import { registerSources } from "../../src/sources/register-sources.ts";
import { createFairReads, type FairReads } from "../../src/store/fair-reads.ts";
import { plainWebhook, PLAIN_HEADERS } from "../fakes/plain-webhook.ts";
import { scriptedSource } from "../fakes/scripted-connector.ts";
import { type GraphAnswer, post, type QueryOptions } from "./graph-server.ts";
import type { TestConnection } from "./postgres.ts";
import { serviceSchema } from "./service-schema.ts";
import { registryOf } from "../../src/sources/source-registry.ts";

export interface SharedServiceOptions {
  readonly connection: TestConnection;
  /** Connections of the replica. */
  readonly connections: number;
  readonly tenants: readonly string[];
  /** Longest wait of a read for its turn. */
  readonly maxWaitMs?: number;
  readonly operationLimits?: OperationLimitSettings;
}

/** The graph and the webhooks of several tenants on the divided connections of one replica. */
export interface SharedService extends AsyncDisposable {
  readonly url: string;
  readonly reads: FairReads;
  /** Connections for reads of the graph. */
  readonly graphConnections: number;
  query(tenantId: string, query: string, options?: QueryOptions): Promise<GraphAnswer>;
  /** Sends a webhook to the tenant's source; returns the status. */
  webhook(tenantId: string): Promise<number>;
  readiness(): Promise<{ readonly status: number; readonly text: string }>;
}

export async function startSharedService(options: SharedServiceOptions): Promise<SharedService> {
  const { connection, tenants, maxWaitMs } = options;
  const log = pino({ level: "silent" });
  const wakeUps = createWakeUps();
  const config = { databaseConnections: options.connections } as Partial<Config> as Config; // all that it reads
  const base = { config, log, wakeUps } as Partial<Base> as Base; // likewise
  const served = createServedTenants(tenants);
  const needs = { ...base, tenants: served, connection, embedded: undefined, metrics: createMetrics({ sources: 10 }) };
  const parts = await databasesPart.start(needs);
  const { shares, graphDb, dbFor, inboxDb, readinessDb } = parts;
  const reads =
    maxWaitMs === undefined
      ? parts.reads
      : createFairReads({ database: graphDb, connections: shares.graph, hasTenants: () => true, maxWaitMs });
  const sources = tenants.map((tenantId) =>
    scriptedSource({ pages: {}, webhook: plainWebhook() }, { id: `of-${tenantId}`, tenantId }),
  );
  await registerSources(parts.db, sources);
  const byId = new Map(sources.map((source) => [source.id, source]));
  const shared = { sources: registryOf(sources), configured: () => byId, log, wakeUps, random: Math.random };
  const inbox = createInbox({ ...shared, db: dbFor("webhooks"), commitDb: inboxDb, now: Date.now });
  const feed = createEventFeed({ database: dbFor("events") });
  const readThrough = createReadThrough({ db: dbFor("read-through"), sources: registryOf([]), log, wakeUps });
  const server = await createServer({
    host: "127.0.0.1",
    port: 0,
    auth: { kind: "development" },
    tenants: served,
    database: graphDb,
    reads,
    checkCommit: () => checkCommit(readinessDb),
    events: feed,
    useCases: {} as UseCases, // no mutation is sent here
    readThrough,
    webhooks: { sources: registryOf(sources), publicUrl: undefined },
    log,
    registry: new Registry(),
    metrics: { port: undefined, token: undefined },
    ...serviceSchema({}),
    routes: (app) => registerWebhookRoute(app, inbox),
    ...(options.operationLimits !== undefined && { operationLimits: options.operationLimits }),
  });
  inbox.start();
  let calls = 0;
  return {
    url: server.url,
    reads,
    graphConnections: shares.graph,
    query: (tenantId, query, { variables, headers, signal } = {}) =>
      post(server.url, { query, variables }, { "x-sluice-tenant": tenantId, ...headers }, signal),
    async webhook(tenantId) {
      const body = JSON.stringify({ id: `call-${(calls += 1)}` });
      const headers = { "content-type": "application/json", ...PLAIN_HEADERS };
      const response = await fetch(`${server.url}/webhooks/of-${tenantId}`, { method: "POST", headers, body });
      return response.status;
    },
    async readiness() {
      const response = await fetch(`${server.url}/readyz`);
      return { status: response.status, text: await response.text() };
    },
    async [Symbol.asyncDispose]() {
      await server.close();
      await inbox.close(10_000);
      await readThrough.close();
      await feed.close();
      await databasesPart.close?.(parts);
    },
  };
}
