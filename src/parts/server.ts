import { FIRST_QUERY } from "../demo/welcome.ts";
import type { AuditTrail } from "../audit/audit-trail.ts";
import type { EventFeed } from "../events/feed.ts";
import type { Feeds } from "../ingest/feeds/feeds.ts";
import type { ReadThrough } from "../ingest/read-through/read-through.ts";
import type { Refetcher } from "../ingest/refetch/refetcher.ts";
import { checkCommit } from "../ingest/webhooks/check-commit.ts";
import type { Metrics } from "../metrics.ts";
import { createComparisonSchedules } from "../reconcile/completeness/comparison-schedules.ts";
import type { Part } from "../runtime/parts.ts";
import type { ServedTenants } from "../runtime/served-tenants.ts";
import { createServer, type Server } from "../server/create-server.ts";
import { registerEvidenceRoute } from "../server/evidence.ts";
import { registerFileRoutes } from "../server/files.ts";
import { registerWebhookRoute } from "../server/webhooks.ts";
import type { Database } from "../store/database.ts";
import type { Keyring } from "../sources/secrets/keyring.ts";
import type { DatabaseFor } from "../store/fair-database.ts";
import type { FairReads } from "../store/fair-reads.ts";
import type { Upstream } from "../upstream/upstream.ts";
import type { Base } from "./base.ts";
import { createUseCases, type UseCaseParts } from "./use-cases.ts";

interface Needs extends Base, UseCaseParts {
  readonly graphDb: Database;
  readonly reads: FairReads;
  readonly readinessDb: Database;
  readonly wakeUps: Base["wakeUps"];
  readonly auditTrail: AuditTrail;
  readonly feed: EventFeed;
  readonly feeds: Feeds;
  readonly readThrough: ReadThrough;
  readonly refetcher: Refetcher;
  readonly metrics: Metrics;
  readonly upstreams: ReadonlyMap<string, Upstream>;
  readonly dbFor: DatabaseFor;
  readonly keyring: Keyring;
  readonly tenants: ServedTenants;
}

/** The graph, webhooks, files, health and metrics over HTTP and WebSocket. */
export const part: Part<Needs, { readonly server: Server }> = {
  name: "server",
  async start(parts) {
    const { config, log, graphDb, sources, inbox, files, metrics } = parts;
    metrics.watch(parts);
    const server = await createServer({
      host: config.host,
      port: config.port,
      auth: config.auth,
      apiKeys: parts.apiKeys,
      auditTrail: parts.auditTrail,
      corsOrigins: config.corsOrigins,
      tenants: parts.tenants,
      database: graphDb,
      reads: parts.reads,
      operationLimits: config.operationLimits,
      checkCommit: () => checkCommit(parts.readinessDb),
      readThrough: parts.readThrough,
      events: parts.feed,
      webhooks: { sources, publicUrl: config.publicUrl },
      comparisons: createComparisonSchedules({ sources, ...config.reconcile }),
      log,
      registry: metrics.registry,
      metrics: config.metrics,
      operations: config.operations,
      operationTimeoutMs: config.operationTimeoutMs,
      historyDays: config.retentionDays.history,
      publishesScopes: config.publishesScopes,
      ...(config.trustedDocuments !== undefined && { trustedDocuments: config.trustedDocuments }),
      routerSecrets: config.routers.secrets,
      routersOnly: config.routers.only,
      webSocketLimits: config.webSockets,
      ...(config.callbacks !== undefined && {
        callbacks: { settings: config.callbacks, db: parts.dbFor("callbacks", "awaited"), keyring: parts.keyring },
      }),
      ...(config.demo && { firstQuery: FIRST_QUERY }),
      routes(app, tools) {
        registerWebhookRoute(app, inbox);
        registerEvidenceRoute(app, { ...tools, ...parts });
        registerFileRoutes(app, { ...tools, files, now: Date.now });
      },
      useCases: createUseCases(parts),
    });
    return { server };
  },
  close: ({ server }) => server.close(),
  describe: ({ server }) => `listening on ${server.url}`,
};
