import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import { ServiceError } from "../../domain/error.ts";
import type { Database } from "../../store/database.ts";
import type { Source } from "../../sources/source.ts";
import type { WakeUps } from "../../runtime/wake-ups.ts";
import { pauseSource, resumeSource } from "../../sources/pause-source.ts";
import { cancelSync } from "./cancel-sync.ts";
import { startRefreshWatcher } from "./refresh-watcher.ts";
import { pollSource } from "./poll.ts";
import type { TakeFile } from "./read-stream.ts";
import { registerSources } from "../../sources/register-sources.ts";
import { type Scheduler, type SchedulerOptions, startScheduler } from "./scheduler.ts";
import { type StartedSync, startSync, type StartSyncInput } from "../runs/start-sync.ts";
import { pollIntervalMs } from "../webhooks/health/poll-interval.ts";
import { startWebhookWatch } from "../webhooks/health/webhook-watch.ts";
import { startWorkers } from "./workers.ts";

export interface SyncEngineOptions {
  readonly db: Database;
  /** Database for the batches of streams, which are the bulk of the work. Default: `db`. */
  readonly batchDb?: Database;
  /** Settings for pg-boss, which keeps tables of its own. Undefined: no schedule, runs start only on request. */
  readonly schedule:
    | Pick<SchedulerOptions, "connection" | "connections" | "housekeeping" | "deleteOldRows">
    | undefined;
  readonly sources: ReadonlyMap<string, Source>;
  readonly log: Logger;
  readonly wakeUps: WakeUps;
  /** Receives the files of sources. Undefined: no source provides any. */
  readonly takeFile?: TakeFile;
  /** Interval of the webhook checks. Default: half a minute. */
  readonly checkWebhooksEveryMs?: number;
  readonly nowMs?: () => number;
  readonly random?: () => number;
}

/** Operations of the engine for callers. Every id is looked up within the tenant. */
export interface SyncEngine {
  /** @throws ServiceError NOT_FOUND | INVALID_INPUT | CONFLICT */
  startSync(tenantId: string, sourceId: string, input: Omit<StartSyncInput, "trigger">): Promise<StartedSync>;
  /** @throws ServiceError NOT_FOUND */
  cancelSync(tenantId: string, runId: string): Promise<void>;
  /** @throws ServiceError NOT_FOUND */
  pauseSource(tenantId: string, sourceId: string): Promise<void>;
  /** @throws ServiceError NOT_FOUND */
  resumeSource(tenantId: string, sourceId: string): Promise<void>;
  /** Returns the number of streams that this process is reading. */
  activeStreams(): number;
  close(): Promise<void>;
}

/** The loops' rounds end within some statements, except one that tries credentials: that one is not waited for. */
const LOOP_DRAIN_MS = 2_000;

/** Registers the sources and starts to read the due streams. */
export async function openSyncEngine(options: SyncEngineOptions): Promise<SyncEngine> {
  const { db, sources, log, wakeUps } = options;
  const { nowMs = Date.now, random = Math.random } = options;
  await registerSources(db, sources.values());
  const workers = startWorkers({
    db,
    batchDb: options.batchDb ?? db,
    sources,
    log,
    nowMs,
    owner: randomUUID(),
    random,
    wakeUps,
    takeFile: options.takeFile,
  });
  let scheduler: Scheduler | undefined;
  try {
    scheduler =
      options.schedule &&
      (await startScheduler({
        ...options.schedule,
        sources,
        log,
        intervalMs: (source, scheduleMs) => pollIntervalMs(db, source, scheduleMs),
        async poll(source) {
          if (await pollSource(db, source, log, nowMs)) wakeUps.runRequested(source.id);
        },
      }));
  } catch (reason) {
    await workers.close();
    throw reason;
  }
  const watch = startWebhookWatch({
    db,
    sources: sources.values(),
    log,
    nowMs,
    random,
    everyMs: options.checkWebhooksEveryMs,
    onSilent(source) {
      wakeUps.runRequested(source.id);
      scheduler
        ?.retryNow(source)
        .catch((err: unknown) =>
          log.warn({ err, sourceId: source.id }, "the next poll could not be moved forward after webhooks stopped"),
        );
    },
  });
  const refreshWatcher = startRefreshWatcher({ db, sources: sources.values(), log, nowMs, random, wakeUps });

  function requireSource(tenantId: string, sourceId: string): Source {
    const source = sources.get(sourceId);
    if (source?.tenantId === tenantId) return source;
    throw new ServiceError("NOT_FOUND", "there is no source with this id");
  }

  return {
    async startSync(tenantId, sourceId, input) {
      const source = requireSource(tenantId, sourceId);
      const started = await db.transaction(tenantId, (tx) =>
        startSync(tx, source, { ...input, trigger: "REQUEST" }, nowMs()),
      );
      wakeUps.runRequested(sourceId);
      return started;
    },
    cancelSync: (tenantId, runId) => db.transaction(tenantId, (tx) => cancelSync(tx, runId)),
    async pauseSource(tenantId, sourceId) {
      requireSource(tenantId, sourceId);
      await db.transaction(tenantId, (tx) => pauseSource(tx, sourceId));
    },
    async resumeSource(tenantId, sourceId) {
      requireSource(tenantId, sourceId);
      await db.transaction(tenantId, (tx) => resumeSource(tx, sourceId));
      wakeUps.sourceResumed(sourceId);
    },
    activeStreams: () => workers.active(),
    async close() {
      await Promise.all([refreshWatcher.close(LOOP_DRAIN_MS), watch.close(LOOP_DRAIN_MS)]);
      await scheduler?.close();
      await workers.close();
    },
  };
}
