import { type Client, createClient } from "graphql-ws";
import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { pino } from "pino";
import { WebSocket } from "ws";
import type { Context, Cursors } from "../../resolvers/context.ts";
import type { UseCases } from "../../resolvers/use-cases.ts";
import type { EventFeed } from "../../src/events/feed.ts";
import { createLoaders } from "../../src/loaders/index.ts";
import { createAuthenticator } from "../../src/server/auth/create-authenticator.ts";
import { createCursors } from "../../src/server/cursors.ts";
import { createErrorFormatter } from "../../src/server/format-error.ts";
import { loadSchema } from "../../src/server/load-schema.ts";
import { createOperationGate } from "../../src/server/prepare-operation.ts";
import { openWebSocket } from "../../src/server/websocket/open-websocket.ts";
import type { EventLog } from "./event-log.ts";

/** The real graph over WebSocket on an event log, without the parts that only HTTP needs. */
export interface LiveGraph extends AsyncDisposable {
  readonly feed: EventFeed;
  readonly cursors: Cursors;
  /** A client as a tenant's page has it: it comes again by itself when it is cut off. */
  connect(tenantId: string): Client;
}

export async function openLiveGraph(log: EventLog, tenants: readonly string[]): Promise<LiveGraph> {
  const { database } = log;
  const feed = log.openFeed();
  const schema = loadSchema();
  const cursors = createCursors({ key: randomBytes(32) });
  const server = createServer();
  const clients: Client[] = [];
  const transport = openWebSocket({
    server,
    loopbackOnly: true,
    onProblem: () => undefined,
    graph: {
      schema,
      gate: createOperationGate({ schema }),
      authenticate: createAuthenticator({ settings: { kind: "development" }, tenants }),
      formatError: createErrorFormatter({ log: pino() }),
      createContext: ({ principal, requestId, signal }): Context => ({
        principal,
        requestId,
        signal,
        loaders: createLoaders({ database, tenantId: principal.tenantId }),
        useCases: {} as UseCases, // no mutation is sent here
        events: feed,
        cursors,
      }),
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // it listens on TCP
  return {
    feed,
    cursors,
    connect(tenantId) {
      class TenantSocket extends WebSocket {
        constructor(url: string, protocol: string) {
          super(url, protocol, { headers: { "x-sluice-tenant": tenantId } });
        }
      }
      const client = createClient({
        url: `ws://127.0.0.1:${port}/graphql/ws`,
        webSocketImpl: TenantSocket,
        retryAttempts: 100,
        retryWait: () => Promise.resolve(),
      });
      clients.push(client);
      return client;
    },
    async [Symbol.asyncDispose]() {
      for (const client of clients) await client.dispose();
      await transport.close();
      await feed.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
