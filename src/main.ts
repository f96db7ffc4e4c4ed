import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { type Logger, pino } from "pino";
import { type Config, ConfigError, loadConfig, type SourceConfig } from "./config.ts";
import { connectors } from "./connectors/registry.generated.ts";
import { type DemoSandboxes, startSandboxes } from "./demo/sandboxes.ts";
import { showFirstSync } from "./demo/show-first-sync.ts";
import { welcome } from "./demo/welcome.ts";
import { createEventFeed, type EventFeed } from "./events/feed.ts";
import { deleteOldEvents } from "./events/retention.ts";
import { createFiles } from "./files/files.ts";
import { takeArrivals } from "./files/take-arrival.ts";
import { forgetWebhookCounts } from "./inbox/forget-counts.ts";
import { createInbox } from "./inbox/inbox.ts";
import { createMetrics } from "./metrics.ts";
import { createReadThrough } from "./read-through/read-through.ts";
import { createServer } from "./server/create-server.ts";
import { registerFileRoutes } from "./server/files.ts";
import { registerWebhookRoute } from "./server/webhooks.ts";
import { announceClosure } from "./sync/announce-closure.ts";
import { systemClock } from "./upstream/clock.ts";
import { openSharedBudgets } from "./upstream/budget/shared-budgets.ts";
import { openSources } from "./sources.ts";
import { createClosers, type Closers, startupSentence } from "./start.ts";
import type { ConnectionSettings } from "./store/connection.ts";
import { analyze } from "./store/analyze.ts";
import { createDatabase } from "./store/database.ts";
import { dropOldBodies } from "./store/delivery-bodies/drop-old.ts";
import { makeDeliveryPartitions } from "./store/delivery-bodies/make-partitions.ts";
import { openEmbeddedPostgres } from "./store/embedded/embedded-postgres.ts";
import { migrateWhenReachable } from "./store/migrate.ts";
import { openSyncEngine } from "./sync/engine.ts";
import { createRefetcher } from "./sync/refetch/refetcher.ts";
import { replayQuarantined } from "./sync/replay-quarantined.ts";
import { coalesce } from "./worker/coalesce.ts";

/** Orchestrators kill after 30 s: what has not drained by then is cut, and nothing that was acknowledged is in it. */
const DRAIN_MS = 24_000;
const PART_DRAIN_MS = 8_000;
/** A file that is accepted is taken up again by the next process. */
const FILES_DRAIN_MS = 4_000;
/** A subscriber that was away for longer reads the state again. */
const EVENT_RETENTION_MS = 30 * 24 * 3_600_000;
const POOL_SIZE = 16;
/** Of the inbox alone, so that slow queries never hold up the answer to a webhook. */
const INBOX_POOL_SIZE = 6;
/** Of the budgets alone: a permit never waits behind a slow query. */
const BUDGET_POOL_SIZE = 3;
const DEMO_TENANT = "demo";
const DEMO_SCHEDULE_MS = 15_000;

/** Opens everything, in the order of who needs whom; `closers` holds what must be closed, also when this rejects. */
async function open(config: Config, log: Logger, closers: Closers, stopping: AbortSignal): Promise<void> {
  const connection = await openStore(config, log, closers, stopping);
  const demo = config.demo ? await openDemo(config, closers) : undefined;
  await migrateWhenReachable(connection, { signal: stopping, onWait: (sentence) => log.warn(sentence) });
  // Without them bodies are stored all the same, and tonight is another chance.
  await makeDeliveryPartitions({ connection }).catch((err: unknown) => log.warn({ err }, "partitions not made"));
  const db = createDatabase({ connection, max: POOL_SIZE });
  closers.add(() => db.close());
  const metrics = createMetrics();
  const budgetDb = createDatabase({ connection, max: BUDGET_POOL_SIZE, quickCommits: true });
  closers.add(() => budgetDb.close());
  const shared = openSharedBudgets({
    database: budgetDb,
    replica: randomUUID(),
    clock: systemClock,
    onProblem: (err) => log.warn({ err }, "budgets can't be shared at the moment"),
  });
  closers.add(() => shared.close());
  const { sources, upstreams, close } = openSources(demo?.sources ?? config.sources, {
    shared,
    onCall: metrics.upstreamCall,
    onBreaker: metrics.breaker,
    onCapped: (sourceId) =>
      log.warn({ sourceId }, "the upstream asks for a pause of more than an hour; it is called again after an hour"),
    onClosed: (credential, closure) =>
      void announceClosure(db, sources.values(), credential, closure).catch((err: unknown) =>
        log.warn({ err }, "a closed budget could not be announced"),
      ),
  });
  closers.add(close);
  const feed = createEventFeed({ database: db, onProblem: (err) => log.warn({ err }, "event feed") });
  closers.add(() => feed.close());
  const firstSync = demo && showProgress(feed, demo.sources);
  const workers = { db, sources: [...sources.values()], log, random: Math.random };
  const refetcher = createRefetcher({ ...workers, owner: randomUUID() });
  closers.add(() => refetcher.close(PART_DRAIN_MS));
  const inboxDb = createDatabase({ connection, max: INBOX_POOL_SIZE });
  closers.add(() => inboxDb.close());
  const asked = { onDoubts: refetcher.wake, onReads: (sourceId: string) => engine.readsAsked(sourceId) };
  const inbox = createInbox({ ...workers, db: inboxDb, now: Date.now, ...asked });
  closers.add(() => inbox.close(PART_DRAIN_MS));
  const housekeeping = async () => {
    await deleteOldOfAll(config.tenants);
    await makeDeliveryPartitions({ connection });
    await dropOldBodies({ connection, retentionDays: config.deliveryRetentionDays, signal: stopping });
  };
  const statistics = coalesce(() => analyze(connection).catch((err: unknown) => log.warn({ err }, "analyze failed")));
  closers.add(statistics.idle);
  const files = createFiles({ ...workers, folder: join(config.dataDir, "incoming") });
  closers.add(() => files.close(FILES_DRAIN_MS));
  const engine = await openSyncEngine({
    db,
    sources,
    log,
    takeFile: takeArrivals(files, log),
    onDoubts: refetcher.wake,
    onFirstRead: statistics.ask,
    schedule: { connection, housekeeping },
  });
  closers.add(() => engine.close());
  const readThrough = createReadThrough({ db, sources, log, onDoubts: refetcher.wake });
  closers.add(() => readThrough.close());
  metrics.watch({ inbox, engine, refetcher, feed, upstreams });
  const server = await createServer({
    host: config.host,
    port: config.port,
    auth: config.auth,
    tenants: config.tenants,
    database: db,
    readThrough,
    events: feed,
    webhooks: { sources: sources.values(), publicUrl: config.publicUrl },
    log,
    registry: metrics.registry,
    routes(app, identify) {
      registerWebhookRoute(app, inbox);
      registerFileRoutes(app, { files, identify, now: Date.now });
    },
    useCases: {
      ...engine,
      async resumeSource(tenantId, sourceId) {
        await engine.resumeSource(tenantId, sourceId);
        files.wake(sourceId);
      },
      replayDelivery: inbox.replayDelivery,
      replayDeliveries: inbox.replayDeliveries,
      discardDelivery: inbox.discardDelivery,
      discardDeliveries: inbox.discardDeliveries,
      async replayQuarantined(tenantId, ids) {
        const replayed = await db.transaction(tenantId, (tx) => replayQuarantined(tx, sources, ids));
        for (const id of replayed.deliveryIds) await inbox.replayDelivery(tenantId, id);
        for (const id of replayed.fileIds) await files.replay(tenantId, id);
        for (const id of replayed.sourceIds) refetcher.wake(id);
      },
    },
  });
  closers.add(() => server.close());
  inbox.start();
  await files.start();
  refetcher.start();
  process.stdout.write(`ready ${server.url}\n`);
  if (demo === undefined) return;
  await demo.sandboxes.connectWebhooks(server.url);
  await firstSync;
  if (!stopping.aborted) process.stdout.write(welcome(server.url));

  async function deleteOldOfAll(tenants: readonly string[]): Promise<void> {
    for (const tenantId of tenants) {
      await deleteOldEvents({ database: db, tenantId, olderThanMs: EVENT_RETENTION_MS, signal: stopping });
      await forgetWebhookCounts(db, tenantId);
    }
  }
}

async function openStore(
  config: Config,
  log: Logger,
  closers: Closers,
  signal: AbortSignal,
): Promise<ConnectionSettings> {
  if (config.databaseUrl !== undefined) return { connectionString: config.databaseUrl };
  const postgres = await openEmbeddedPostgres({ dataDir: config.dataDir, signal, onLog: (line) => log.info(line) });
  closers.add(() => postgres.close());
  return postgres.connection;
}

interface Demo {
  readonly sandboxes: DemoSandboxes;
  readonly sources: readonly SourceConfig[];
}

async function openDemo(config: Config, closers: Closers): Promise<Demo> {
  const sandboxes = await startSandboxes(config.dataDir);
  closers.add(() => sandboxes.close());
  const sources = sandboxes.sources.map(({ id, connector, config: raw }) => ({
    id,
    tenantId: DEMO_TENANT,
    connector,
    config: connectors[connector]?.config.parse(raw),
    scheduleMs: DEMO_SCHEDULE_MS,
    budget: undefined,
    networks: [],
  }));
  return { sandboxes, sources };
}

/** Shows the source that has most to read. Resolves when its first run has ended, or the feed is closed. */
async function showProgress(feed: EventFeed, sources: readonly SourceConfig[]): Promise<void> {
  const sized = sources.map(({ id, connector }) => ({ id, streams: connectors[connector]?.streams.length ?? 0 }));
  const [{ id, streams } = { id: "", streams: 1 }] = sized.toSorted((a, b) => b.streams - a.streams);
  const items = feed.subscribe({
    tenantId: DEMO_TENANT,
    after: undefined,
    filter: { kinds: ["RunStarted", "RunProgressed", "RunFinished"], sourceIds: [id] },
  });
  try {
    await showFirstSync(items, { streams, screen: process.stdout, nowMs: () => performance.now() });
  } finally {
    await items.return();
  }
}

async function main(): Promise<void> {
  let config: Config;
  try {
    config = loadConfig(process.env);
  } catch (reason) {
    if (!(reason instanceof ConfigError)) throw reason;
    process.stderr.write(`sluice: ${reason.message}\n`);
    process.exitCode = 2;
    return;
  }
  const log = pino(
    { level: config.logLevel, redact: ["config", "*.config", "*.headers.authorization"] },
    pino.destination(2),
  );
  const closers = createClosers((err) => log.warn({ err }, "closing failed"));
  const stopping = new AbortController();
  const stopped = Promise.withResolvers<void>();
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, () => {
      if (stopping.signal.aborted) process.exit(1); // asked twice: now
      stopping.abort();
      stopped.resolve();
    });
  }
  try {
    await Promise.race([open(config, log, closers, stopping.signal), stopped.promise]);
    await stopped.promise;
  } catch (reason) {
    log.error({ err: reason }, "start failed");
    process.stderr.write(`sluice: ${startupSentence(reason, config)}\n`);
    process.exitCode = 1;
  }
  setTimeout(() => process.exit(1), DRAIN_MS).unref();
  await closers.close();
}

await main();
process.exit(); // whatever a library still holds open, what is ours is closed
