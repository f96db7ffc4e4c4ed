import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from "fastify";
import type { GraphQLSchema } from "graphql";
import { join } from "node:path";
import type { Registry } from "prom-client";
import type { ComparisonSchedules } from "../../resolvers/context.ts";
import type { UseCases } from "../../resolvers/use-cases.ts";
import type { ApiKeys } from "../api-keys/api-keys.ts";
import type { AuditTrail } from "../audit/audit-trail.ts";
import type { EventFeed } from "../events/feed.ts";
import type { ReadThrough } from "../ingest/read-through/read-through.ts";
import type { ServedTenants } from "../runtime/served-tenants.ts";
import type { Database } from "../store/database.ts";
import type { FairReads } from "../store/fair-reads.ts";
import type { SourceRegistry } from "../sources/source-registry.ts";
import { startApollo } from "./apollo.ts";
import type { AuthSettings } from "./auth/settings.ts";
import { limitBodyTime } from "./body-deadline.ts";
import { answerPreflights, createAllowedPages } from "./http/allowed-pages.ts";
import { createCallerCheck, type IdentifyCaller } from "./http/caller.ts";
import { registerDashboard } from "./dashboard/dashboard.ts";
import { createErrorFormatter, type FormatError } from "./graphql/format-error.ts";
import type { OperationLimitSettings } from "./graphql/operation-limits.ts";
import { DEFAULT_OPERATION_SETTINGS, type OperationSettings } from "./graphql/operation-settings.ts";
import { createGraph } from "./graph.ts";
import type { TrustedDocuments } from "./graphql/documents/trusted-documents.ts";
import { registerGraphiql } from "./graphiql/graphiql.ts";
import { registerGraphql } from "./graphql-route.ts";
import { registerHealth } from "./health.ts";
import { answerClientError, answerErrors, sendError } from "./http/http-errors.ts";
import { loadCursors } from "./load-cursors.ts";
import { createServerMetrics } from "./metrics.ts";
import { requireOwnHost } from "./http/own-host.ts";
import { createRouterCheck, forRoutersOnly } from "./http/router-check.ts";
import { requestIdOf } from "./http/request-id.ts";
import { logRequests } from "./request-log.ts";
import { type MetricsSettings, serveMetrics } from "./serve-metrics.ts";
import { urlOf } from "./url-of.ts";
import { createWebhookEndpoints } from "./webhook-endpoints.ts";
import { type Callbacks, type CallbackSettings, type CallbackTimes, openCallbacks } from "./callback/open-callbacks.ts";
import type { Keyring } from "../sources/secrets/keyring.ts";
import { createStreams, type StreamLimits, type Streams } from "./streams/open-streams.ts";
import { createQuota } from "./subscriptions/quota.ts";
import {
  DEFAULT_LIMITS,
  openWebSocket,
  type WebSocketLimits,
  type WebSocketTransport,
} from "./websocket/open-websocket.ts";

/** Limit for a GraphQL operation with its variables. */
const MAX_BODY_BYTES = 1024 * 1024;
/**
 * Time for a request to arrive completely (except a file), and for its headers alone: a client that sends one byte per
 * second is disconnected.
 */
const REQUEST_TIMEOUT_MS = 30_000;
const UPLOAD_TIMEOUT_MS = 900_000;
const HEADERS_TIMEOUT_MS = 10_000;
/** Interval at which such requests are detected. Node's default of 30 s would double the limit. */
const TIMEOUT_SWEEP_MS = 2_000;
/** Time that running responses get to end when the server closes. */
const CLOSE_GRACE_MS = 10_000;
const IDLE_SWEEP_MS = 50;
const DASHBOARD = join(import.meta.dirname, "../../dashboard/dist");
const NO_LIMITS: OperationLimitSettings = { perSecond: undefined, concurrent: undefined };

export interface ServerOptions {
  /** Address to listen on. */
  readonly host: string;
  /** 0 selects a free one. */
  readonly port: number;
  readonly auth: AuthSettings;
  /** Keys with which services call the graph. The server does not close it. Default: none is accepted. */
  readonly apiKeys?: ApiKeys;
  /** Origins of other sites whose pages may use the graph. Default: none. */
  readonly corsOrigins?: readonly string[];
  readonly tenants: ServedTenants;
  /** Already migrated: its keys are read once. The server does not close it. */
  readonly database: Database;
  /** Reads of the operations. */
  readonly reads: FairReads;
  /** Limits of each caller. Default: none. */
  readonly operationLimits?: OperationLimitSettings;
  /** See `HealthOptions`. */
  readonly checkCommit: () => Promise<void>;
  readonly useCases: UseCases;
  /** Records the mutations. The server does not close it. Default: they are not recorded. */
  readonly auditTrail?: AuditTrail;
  /** The server does not close it. */
  readonly readThrough: Pick<ReadThrough, "begin">;
  readonly events: Pick<EventFeed, "subscribe">;
  /**
   * Sources whose webhook addresses the graph returns, and the URL by which providers reach us (undefined: the address
   * that we listen on).
   */
  readonly webhooks: { readonly sources: SourceRegistry; readonly publicUrl: string | undefined };
  /** Default: the graph shows none. */
  readonly comparisons?: ComparisonSchedules;
  readonly log: FastifyBaseLogger;
  /** Receives the server's metrics, and is exposed at `/metrics`. */
  readonly registry: Registry;
  readonly metrics: MetricsSettings;
  /** Adds routes of other parts, such as webhooks, before the server listens. */
  readonly routes?: (app: FastifyInstance, tools: RouteTools) => void;
  /** Folder of the built dashboard. Default: where `npm run build:dashboard` puts it. */
  readonly dashboardFolder?: string;
  /** Query with which GraphiQL opens. */
  readonly firstQuery?: string;
  /** The quotas of principals and tenants hold for streams too. */
  readonly webSocketLimits?: Partial<WebSocketLimits>;
  readonly streamLimits?: Partial<StreamLimits>;
  /** Subscriptions by HTTP callback. Default: none are accepted. */
  readonly callbacks?: CallbackOptions;
  /** Default: DEFAULT_OPERATION_SETTINGS, without introspection if callers must authenticate. */
  readonly operations?: Partial<OperationSettings>;
  /** Maximum duration of an operation, and of the execution of one event of a subscription. */
  readonly operationTimeoutMs?: number;
  /** Number of days for which changes of objects are kept. Default: 365. */
  readonly historyDays?: number;
  readonly trustedDocuments?: TrustedDocuments;
  /** See `SchemaOptions`. */
  readonly publishesScopes?: boolean;
  /** Secrets by which gateways are recognised, which get traces of their requests. Default: none is. */
  readonly routerSecrets?: readonly string[];
  /** True: operations of anybody but these gateways are refused, over every transport. Default: false. */
  readonly routersOnly?: boolean;
  /** Schema in place of the service's own, for tests of the server with the schema of a suite. */
  readonly schema?: GraphQLSchema;
}

/** What subscriptions by HTTP callback need. */
export interface CallbackOptions {
  readonly settings: CallbackSettings;
  /** The server does not close it. */
  readonly db: Database;
  readonly keyring: Keyring;
  readonly times?: CallbackTimes;
}

/** What routes of other parts share with ours. */
export interface RouteTools {
  readonly identify: IdentifyCaller;
  readonly formatError: FormatError;
}

export interface Server {
  readonly fastify: FastifyInstance;
  /** `http://127.0.0.1:4000` */
  readonly url: string;
  /** `http://127.0.0.1:4000/metrics` */
  readonly metricsUrl: string;
  readonly sockets: WebSocketTransport;
  readonly streams: Streams;
  readonly callbacks: Callbacks | undefined;
  /**
   * Stops listening, asks WebSocket peers and clients of streams to reconnect, lets responses end, and resolves when all connections are
   * closed.
   */
  close(): Promise<void>;
}

const NO_COMPARISONS: ComparisonSchedules = { find: () => Promise.resolve(undefined) };

/**
 * Starts the server with `/` (the dashboard), `/graphql`, `/graphql/ws` and `/ws`, `/healthz`, `/readyz`, `/metrics`.
 * @throws ServiceError STORE_UNAVAILABLE | INTERNAL (not migrated); a listen error from Node
 */
export async function createServer(options: ServerOptions): Promise<Server> {
  const { log, database, auth, registry, operationLimits = NO_LIMITS } = options;
  let open = true;
  const cursors = await loadCursors(database);
  const loopbackOnly = auth.kind === "development";
  const operations = { ...DEFAULT_OPERATION_SETTINGS, introspection: loopbackOnly, ...options.operations };
  const formatError = createErrorFormatter({ log, suggestions: operations.introspection });
  const app = createApp(log, formatError);
  const webhooks = createWebhookEndpoints({ ...options.webhooks, ownUrl: () => urlOf(options.host, app) });
  const { comparisons = NO_COMPARISONS } = options;
  const graph = createGraph({ ...options, operationLimits, cursors, webhooks, comparisons, formatError, operations });
  const metrics = createServerMetrics(registry);
  const { routerSecrets = [], routersOnly = false } = options;
  const onOperation = metrics.countOperation;
  const apollo = await startApollo({ graph, traces: routerSecrets.length > 0, onOperation });
  logRequests(app, metrics);
  limitBodyTime(app, REQUEST_TIMEOUT_MS, formatError);
  answerErrors(app, formatError);
  if (loopbackOnly) requireOwnHost(app, options.webhooks.publicUrl);
  const { corsOrigins = [] } = options;
  const pages = createAllowedPages({ origins: corsOrigins, loopbackOnly });
  await answerPreflights(app, corsOrigins);
  app.removeContentTypeParser("text/plain"); // which a form of another site can send
  const isRouter = createRouterCheck(routerSecrets);
  const authenticate = routersOnly ? forRoutersOnly(graph.authenticate, isRouter) : graph.authenticate;
  const identify = createCallerCheck(graph.authenticate);
  const graphiql = registerGraphiql(app, { firstQuery: options.firstQuery, introspection: operations.introspection });
  const quota = createQuota({ ...DEFAULT_LIMITS, ...options.webSocketLimits });
  const streams = createStreams({ graph, quota, pages, limits: options.streamLimits ?? {} });
  const callbacks =
    options.callbacks &&
    openCallbacks({
      ...options.callbacks,
      tenants: options.tenants,
      graph,
      quota,
      random: Math.random,
      onProblem: (problem) => log.warn({ err: problem }, "subscriptions by callback"),
    });
  const onRefused = () => metrics.countOperation({ type: "unknown", failed: true });
  registerGraphql(app, {
    graph,
    apollo,
    pages,
    identify: createCallerCheck(authenticate),
    graphiql,
    isRouter,
    streams,
    callbacks,
    onOperation,
    onRefused,
  });
  registerDashboard(app, options.dashboardFolder ?? DASHBOARD);
  registerHealth(app, { checkCommit: options.checkCommit, isOpen: () => open });
  const { host } = options;
  const served = serveMetrics(app, { settings: options.metrics, host, loopbackOnly, registry, log, formatError });
  options.routes?.(app, { identify, formatError });
  const sockets = openWebSocket({
    server: app.server,
    graph: { ...graph, authenticate },
    quota,
    loopbackOnly,
    pages,
    ...(options.webSocketLimits !== undefined && { limits: options.webSocketLimits }),
    onProblem: (problem) => log.warn({ err: problem }, "websocket"),
  });
  metrics.watchSockets(sockets);
  metrics.watchStreams(streams);
  if (callbacks !== undefined) metrics.watchCallbacks(callbacks);
  metrics.watchReads(options.reads);
  await served.listen();
  try {
    await app.listen({ host: options.host, port: options.port });
  } catch (reason) {
    await served.close();
    throw reason;
  }
  callbacks?.start();
  const url = urlOf(options.host, app);
  return {
    fastify: app,
    url,
    metricsUrl: `${served.url() ?? url}/metrics`,
    sockets,
    streams,
    callbacks,
    async close() {
      open = false;
      await Promise.all([sockets.close(), streams.close(), callbacks?.close()]);
      await closeApp(app);
      await served.close();
      await apollo.stop();
    },
  };
}

function createApp(log: FastifyBaseLogger, formatError: FormatError): FastifyInstance {
  return Fastify({
    loggerInstance: log,
    // Requests are logged by src/server/request-log.ts, without the query string.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: "requestId" }),
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: UPLOAD_TIMEOUT_MS,
    http: {
      requestTimeout: UPLOAD_TIMEOUT_MS,
      headersTimeout: HEADERS_TIMEOUT_MS,
      requireHostHeader: false, // Node's own answer would have no body: `answerErrors` checks it
      connectionsCheckingInterval: TIMEOUT_SWEEP_MS,
    },
    genReqId: requestIdOf,
    forceCloseConnections: "idle",
    // A path that is not a valid URL fails before a route and its error handler are chosen.
    frameworkErrors: (error, request, reply) => void sendError(error, request, reply, formatError),
    clientErrorHandler: (error, socket) => answerClientError(error, socket, formatError),
  });
}

/**
 * Lets responses end. Clients keep connections alive whose response has just ended, which would delay the close, so
 * these are closed repeatedly; a client that never reads its response is disconnected in the end.
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
