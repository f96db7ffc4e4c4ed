import { type Client, createClient } from "graphql-ws";
import { pino } from "pino";
import { Registry } from "prom-client";
import { WebSocket } from "ws";
import type { Cursors } from "../../resolvers/context.ts";
import type { UseCases } from "../../resolvers/use-cases.ts";
import type { EventFeed } from "../../src/events/feed.ts";
import { createReadThrough } from "../../src/read-through/read-through.ts";
import { createServer } from "../../src/server/create-server.ts";
import { loadCursors } from "../../src/server/load-cursors.ts";
import type { EventLog } from "./event-log.ts";

/** The service's server on an event log, and clients that follow it. */
export interface LiveGraph extends AsyncDisposable {
  readonly feed: EventFeed;
  readonly cursors: Cursors;
  /** A client as a tenant's page has it: it comes again by itself when it is cut off. */
  connect(tenantId: string): Client;
}

export async function openLiveGraph(log: EventLog, tenants: readonly string[]): Promise<LiveGraph> {
  const { database } = log;
  const feed = log.openFeed();
  const silent = pino({ level: "silent" });
  const server = await createServer({
    host: "127.0.0.1",
    port: 0,
    auth: { kind: "development" },
    tenants,
    database,
    events: feed,
    useCases: {} as UseCases, // no mutation is sent here
    readThrough: createReadThrough({ db: database, sources: new Map(), log: silent, onDoubts: () => undefined }),
    webhooks: { sources: [], publicUrl: undefined },
    log: silent,
    registry: new Registry(),
  });
  const clients: Client[] = [];
  return {
    feed,
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
