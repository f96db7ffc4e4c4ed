import { type Client, createClient } from "graphql-ws";
import { pino } from "pino";
import { Registry } from "prom-client";
import { WebSocket } from "ws";
import type { Cursors } from "../../resolvers/context.ts";
import type { UseCases } from "../../resolvers/use-cases.ts";
import type { EventFeed } from "../../src/events/feed.ts";
import { checkCommit } from "../../src/ingest/webhooks/check-commit.ts";
import { createReadThrough } from "../../src/ingest/read-through/read-through.ts";
import { createServer, type Server, type ServerOptions } from "../../src/server/create-server.ts";
import { loadCursors } from "../../src/server/load-cursors.ts";
import { createServedTenants } from "../../src/runtime/served-tenants.ts";
import { createWakeUps } from "../../src/runtime/wake-ups.ts";
import { createFairReads } from "../../src/store/fair-reads.ts";
import type { EventLog } from "./event-log.ts";
import { serviceSchema } from "./service-schema.ts";
import { registryOf } from "../../src/sources/source-registry.ts";

/** The service's server on an event log, and clients that follow it. */
export interface LiveGraph extends AsyncDisposable {
  readonly feed: EventFeed;
  readonly cursors: Cursors;
  readonly server: Server;
  /** A client like that of a tenant's page: it reconnects automatically when it is disconnected. */
  connect(tenantId: string): Client;
}

export async function openLiveGraph(
  log: EventLog,
  tenants: readonly string[],
  options: Partial<ServerOptions> = {},
): Promise<LiveGraph> {
  const { database } = log;
  const feed = log.openFeed();
  const silent = pino({ level: "silent" });
  const server = await createServer({
    host: "127.0.0.1",
    port: 0,
    auth: { kind: "development" },
    tenants: createServedTenants(tenants),
    database,
    reads: createFairReads({ database, connections: 10, hasTenants: () => true }),
    checkCommit: () => checkCommit(database),
    events: feed,
    useCases: {} as UseCases, // no mutation is sent here
    readThrough: createReadThrough({ db: database, sources: registryOf([]), log: silent, wakeUps: createWakeUps() }),
    webhooks: { sources: registryOf([]), publicUrl: undefined },
    log: silent,
    registry: new Registry(),
    metrics: { port: undefined, token: undefined },
    ...serviceSchema(options),
    ...options,
  });
  const clients: Client[] = [];
  return {
    feed,
    server,
    cursors: await loadCursors(database),
    connect(tenantId) {
      class TenantSocket extends WebSocket {
        constructor(url: string, protocol: string) {
          super(url, protocol, { headers: { "x-sluice-tenant": tenantId } });
        }
      }
      const client = createClient({
        url: `${server.url.replace("http", "ws")}/graphql/ws`,
        webSocketImpl: TenantSocket,
        retryAttempts: 100,
        retryWait: () => Promise.resolve(),
      });
      clients.push(client);
      return client;
    },
    async [Symbol.asyncDispose]() {
      for (const client of clients) await client.dispose();
      await server.close();
      await feed.close();
    },
  };
}
