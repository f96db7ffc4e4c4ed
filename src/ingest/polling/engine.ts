import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import { ServiceError } from "../../domain/error.ts";
import type { Database } from "../../store/database.ts";
import type { Source } from "../../sources/source.ts";
import { findOwnSource, type SourceRegistry } from "../../sources/source-registry.ts";
import type { WakeUps } from "../../runtime/wake-ups.ts";
import { pauseSource, resumeSource } from "../../sources/pause-source.ts";
import { cancelSync } from "./cancel-sync.ts";
import { startRefreshWatcher } from "./refresh-watcher.ts";
import { createPoller } from "./poller.ts";
import { pollSource } from "./poll.ts";
import type { CompareStream } from "./compare-stream.ts";
import type { TakeFile } from "./read-stream.ts";
import { type StartedSync, startSync, type StartSyncInput } from "../runs/start-sync.ts";
import { startWebhookWatch } from "../webhooks/health/webhook-watch.ts";
import { startWorkers } from "./workers.ts";

export interface SyncEngineOptions {
  readonly db: Database;
  /** Database for the batches of streams, which are the bulk of the work. Default: `db`. */
  readonly batchDb?: Database;
  /** Database for what callers wait for. Default: `db`. */
  readonly requestDb?: Database;
  /** True if sources are polled by their schedules. Default: runs start only on request. */
  readonly polls?: boolean;
  readonly sources: SourceRegistry;
  readonly log: Logger;
  readonly wakeUps: WakeUps;
  /** Receives the files of sources. Undefined: no source provides any. */
  readonly takeFile?: TakeFile;
  /** Compares the streams of RECONCILE runs. Undefined: no such run is started. */
  readonly compareStream?: CompareStream;
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

/** Starts to read due streams, and to poll. */
export function openSyncEngine(options: SyncEngineOptions): SyncEngine {
  const { db, requestDb = db, sources, log, wakeUps } = options;
  const { nowMs = Date.now, random = Math.random } = options;
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
    compareStream: options.compareStream,
    onStreamEnded: () => poller.streamEnded(),
  });
  const poller = createPoller({
    db,
    sources,
    log,
    random,
    room: workers.room,
    async poll(source) {
      const places = workers.reserve(source);
      try {
        const isStarted = await pollSource(db, source, log, nowMs, places?.claimRun);
        if (isStarted && places?.read() !== true) wakeUps.runRequested(source);
      } finally {
        places?.release();
      }
    },
  });
  const watch = startWebhookWatch({
    db,
    sources,
    log,
    nowMs,
    random,
    everyMs: options.checkWebhooksEveryMs,
    onSilent: (source) => wakeUps.runRequested(source),
  });
  const refreshWatcher = startRefreshWatcher({ db, sources, log, nowMs, random, wakeUps });
  if (options.polls === true) poller.start();

  async function requireSource(tenantId: string, sourceId: string): Promise<Source> {
    const source = await findOwnSource(sources, tenantId, sourceId);
    if (source !== undefined) return source;
    throw new ServiceError("NOT_FOUND", "there is no source with this id");
  }

  return {
    async startSync(tenantId, sourceId, input) {
      const source = await requireSource(tenantId, sourceId);
      const started = await requestDb.transaction(tenantId, (tx) =>
        startSync(tx, source, { ...input, trigger: "REQUEST" }, nowMs()),
      );
      wakeUps.runRequested(source);
      return started;
    },
    cancelSync: (tenantId, runId) => requestDb.transaction(tenantId, (tx) => cancelSync(tx, runId)),
    async pauseSource(tenantId, sourceId) {
      await requireSource(tenantId, sourceId);
      await requestDb.transaction(tenantId, (tx) => pauseSource(tx, sourceId));
    },
    async resumeSource(tenantId, sourceId) {
      const source = await requireSource(tenantId, sourceId);
      await requestDb.transaction(tenantId, (tx) => resumeSource(tx, sourceId));
      wakeUps.sourceResumed(source);
    },
    activeStreams: () => workers.active(),
    async close() {
      await Promise.all([refreshWatcher, watch, poller].map((part) => part.close(LOOP_DRAIN_MS)));
      await workers.close();
    },
  };
}
