import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from "fastify";
import type { AddressInfo } from "node:net";
import type { Registry } from "prom-client";
import type { UseCases } from "../../resolvers/use-cases.ts";
import type { EventFeed } from "../events/feed.ts";
import type { ReadThrough } from "../read-through/read-through.ts";
import type { Database } from "../store/database.ts";
import type { Source } from "../upstream/source.ts";
import { startApollo } from "./apollo.ts";
import type { AuthSettings } from "./auth/settings.ts";
import { limitBodyTime } from "./body-deadline.ts";
import { createCallerCheck, type IdentifyCaller } from "./caller.ts";
import { createGraph } from "./graph.ts";
import { registerGraphql } from "./graphql-route.ts";
import { registerHealth } from "./health.ts";
import { answerBadPath, answerErrors } from "./http-errors.ts";
import { loadCursors } from "./load-cursors.ts";
import { createServerMetrics } from "./metrics.ts";
import { logRequests, requestIdOf } from "./request-log.ts";
import { createWebhookEndpoints } from "./webhook-endpoints.ts";
import { openWebSocket, type WebSocketLimits, type WebSocketTransport } from "./websocket/open-websocket.ts";

/** A GraphQL operation with its variables. */
const MAX_BODY_BYTES = 1024 * 1024;
/** For a request to arrive whole, a file apart, and for its headers alone: who sends a byte a second is cut off. */
const REQUEST_TIMEOUT_MS = 30_000;
const UPLOAD_TIMEOUT_MS = 900_000;
const HEADERS_TIMEOUT_MS = 10_000;
/** How late such a request is found. Node's default of 30 s would double the limit. */
const TIMEOUT_SWEEP_MS = 2_000;
/** Responses that run get this long to end when the server closes. */
const CLOSE_GRACE_MS = 10_000;
const IDLE_SWEEP_MS = 50;

export interface ServerOptions {
  /** Address to listen on. */
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  readonly auth: AuthSettings;
  /** The configured ones, at least one. */
  readonly tenants: readonly string[];
  /** Migrated. The server does not close it. */
  readonly database: Database;
  readonly useCases: UseCases;
  /** The server does not close it. */
  readonly readThrough: Pick<ReadThrough, "begin">;
  readonly events: Pick<EventFeed, "subscribe">;
  /** Whose webhook addresses the graph tells: the configured sources, and where providers reach us (undefined: where we listen). */
  readonly webhooks: { readonly sources: Iterable<Source>; readonly publicUrl: string | undefined };
  readonly log: FastifyBaseLogger;
  /** Gets the server's metrics, and is shown at `/metrics`. */
  readonly registry: Registry;
  /** Adds routes of others, such as webhooks, before the server listens. */
  readonly routes?: (app: FastifyInstance, identify: IdentifyCaller) => void;
  readonly webSocketLimits?: Partial<WebSocketLimits>;
}

export interface Server {
  readonly fastify: FastifyInstance;
  /** `http://127.0.0.1:4000` */
  readonly url: string;
  readonly sockets: WebSocketTransport;
  /** Stops listening, tells WebSocket peers to come again, lets responses end, and resolves when all are gone. */
  close(): Promise<void>;
}

/**
 * Listens. What is on: `/graphql`, `/graphql/ws` and `/ws`, `/healthz`, `/readyz`, `/metrics`.
 * @throws ServiceError STORE_UNAVAILABLE | INTERNAL (not migrated); a listen error as Node gives it
 */
export async function createServer(options: ServerOptions): Promise<Server> {
  const { log, database, auth, registry } = options;
  let open = true;
  const cursors = await loadCursors(database);
  const app = createApp(log);
  const webhooks = createWebhookEndpoints({ ...options.webhooks, ownUrl: () => urlOf(options.host, app) });
  const graph = createGraph({ ...options, cursors, webhooks });
  const metrics = createServerMetrics(registry);
  const apollo = await startApollo({ graph, onOperation: metrics.countOperation });
  const loopbackOnly = auth.kind === "development";
  logRequests(app, metrics);
  limitBodyTime(app, REQUEST_TIMEOUT_MS);
  answerErrors(app, graph.formatError);
  const identify = createCallerCheck({ authenticate: graph.authenticate, loopbackOnly });
  registerGraphql(app, { graph, apollo, identify, loopbackOnly });
  registerHealth(app, { database, isOpen: () => open });
  app.get("/metrics", async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()));
  options.routes?.(app, identify);
  const sockets = openWebSocket({
    server: app.server,
    graph,
    loopbackOnly,
    ...(options.webSocketLimits !== undefined && { limits: options.webSocketLimits }),
    onProblem: (problem) => log.warn({ err: problem }, "websocket"),
  });
  metrics.watchSockets(sockets);
  await app.listen({ host: options.host, port: options.port });
  return {
    fastify: app,
    url: urlOf(options.host, app),
    sockets,
    async close() {
      open = false;
      await sockets.close();
      await closeApp(app);
      await apollo.stop();
    },
  };
}

function createApp(log: FastifyBaseLogger): FastifyInstance {
  return Fastify({
    loggerInstance: log,
    // Requests are logged by src/server/request-log.ts, without the query string.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: "requestId" }),
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: UPLOAD_TIMEOUT_MS,
    http: {
      requestTimeout: UPLOAD_TIMEOUT_MS,
      headersTimeout: HEADERS_TIMEOUT_MS,
      connectionsCheckingInterval: TIMEOUT_SWEEP_MS,
    },
    genReqId: requestIdOf,
    forceCloseConnections: "idle",
    frameworkErrors: answerBadPath,
  });
}

/**
 * Lets responses end. Connections whose response has just ended are kept alive by their clients and would hold the close
 * up, so they are swept; a client that never reads its response is cut in the end.
 */
async function closeApp(app: FastifyInstance): Promise<void> {
  const sweep = setInterval(() => app.server.closeIdleConnections(), IDLE_SWEEP_MS);
  const cut = setTimeout(() => app.server.closeAllConnections(), CLOSE_GRACE_MS);
  try {
    await app.close();
  } finally {
    clearInterval(sweep);
    clearTimeout(cut);
  }
}

function urlOf(host: string, app: FastifyInstance): string {
  const { port } = app.server.address() as AddressInfo; // it listens on a port, not on a pipe
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}
