import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import { ServiceError } from "../domain/error.ts";
import type { ConnectionSettings } from "../store/connection.ts";
import type { Database } from "../store/database.ts";
import type { Source } from "../upstream/source.ts";
import { cancelSync, setPaused } from "./control.ts";
import { startHintReader } from "./hint-reader.ts";
import { pollSource } from "./poll.ts";
import type { TakeFile } from "./read-stream.ts";
import { registerSources } from "./register-sources.ts";
import { type Scheduler, startScheduler } from "./scheduler.ts";
import { type StartedSync, startSync, type StartSyncInput } from "./start-sync.ts";
import { pollIntervalMs } from "./silence/poll-interval.ts";
import { startWebhookWatch } from "./silence/webhook-watch.ts";
import { startWorkers } from "./workers.ts";

export interface SyncEngineOptions {
  readonly db: Database;
  /** For pg-boss, which keeps tables of its own. Undefined: no schedule, runs start only when asked. */
  readonly schedule:
    | { readonly connection: ConnectionSettings; readonly housekeeping: () => Promise<void> }
    | undefined;
  readonly sources: ReadonlyMap<string, Source>;
  readonly log: Logger;
  /** Objects are to be fetched again, see src/sync/refetch. */
  readonly onDoubts: (sourceId: string) => void;
  /** A stream was read from its beginning to its end: the planner's statistics are of before. */
  readonly onFirstRead?: () => void;
  /** Takes in the files that sources give. Undefined: no source gives any. */
  readonly takeFile?: TakeFile;
  /** Default: half a minute. */
  readonly judgeWebhooksEveryMs?: number;
  readonly nowMs?: () => number;
  readonly random?: () => number;
}

/** What callers may ask of the engine. Every id is looked up within the tenant. */
export interface SyncEngine {
  /** @throws ServiceError NOT_FOUND | INVALID_INPUT | CONFLICT */
  startSync(tenantId: string, sourceId: string, input: Omit<StartSyncInput, "trigger">): Promise<StartedSync>;
  /** @throws ServiceError NOT_FOUND */
  cancelSync(tenantId: string, runId: string): Promise<void>;
  /** @throws ServiceError NOT_FOUND */
  pauseSource(tenantId: string, sourceId: string): Promise<void>;
  /** @throws ServiceError NOT_FOUND */
  resumeSource(tenantId: string, sourceId: string): Promise<void>;
  /** Streams of this source may have been asked to be read on: see src/apply/request-reads.ts. Cheap. */
  readsAsked(sourceId: string): void;
  /** Streams that this process is reading. */
  activeStreams(): number;
  close(): Promise<void>;
}

/** Their rounds end within some statements, but for one that tries credentials: that one is left behind. */
const LOOP_DRAIN_MS = 2_000;

/** Registers the sources and starts to read what is due. */
export async function openSyncEngine(options: SyncEngineOptions): Promise<SyncEngine> {
  const { db, sources, log } = options;
  const { nowMs = Date.now, random = Math.random } = options;
  await registerSources(db, sources.values());
  const workers = startWorkers({
    db,
    sources,
    log,
    nowMs,
    owner: randomUUID(),
    random,
    onDoubts: options.onDoubts,
    onFirstRead: options.onFirstRead ?? (() => undefined),
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
          if (await pollSource(db, source, log, nowMs)) workers.wake();
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
    everyMs: options.judgeWebhooksEveryMs,
    onSilent(source) {
      workers.wake();
      scheduler
        ?.hasten(source)
        .catch((err: unknown) => log.warn({ err, sourceId: source.id }, "its poll stays as late"));
    },
  });
  const hints = startHintReader({ db, sources: sources.values(), log, nowMs, random, onRun: workers.wake });

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
      workers.wake();
      return started;
    },
    cancelSync: (tenantId, runId) => db.transaction(tenantId, (tx) => cancelSync(tx, runId)),
    async pauseSource(tenantId, sourceId) {
      requireSource(tenantId, sourceId);
      await db.transaction(tenantId, (tx) => setPaused(tx, sourceId, true));
    },
    async resumeSource(tenantId, sourceId) {
      requireSource(tenantId, sourceId);
      await db.transaction(tenantId, (tx) => setPaused(tx, sourceId, false));
      workers.wake();
    },
    readsAsked: hints.wake,
    activeStreams: () => workers.active(),
    async close() {
      await Promise.all([hints.close(LOOP_DRAIN_MS), watch.close(LOOP_DRAIN_MS)]);
      await scheduler?.close();
      await workers.close();
    },
  };
}
