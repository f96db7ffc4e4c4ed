import { PgBoss } from "pg-boss";
import type { Logger } from "pino";
import { ServiceError } from "../domain/error.ts";
import type { ConnectionSettings } from "../store/connection.ts";
import type { Source } from "../upstream/source.ts";

export interface SchedulerOptions {
  readonly connection: ConnectionSettings;
  readonly sources: ReadonlyMap<string, Source>;
  readonly log: Logger;
  /** Pause to the next poll of a source, whose own schedule is given. */
  readonly intervalMs: (source: Source, scheduleMs: number) => Promise<number>;
  /** A source is due. Must be safe to call twice: pg-boss delivers at least once. */
  readonly poll: (source: Source) => Promise<void>;
  /** Once a night, on one process. */
  readonly housekeeping: () => Promise<void>;
}

export interface Scheduler {
  /** Moves the next poll of a source to its present interval from now, if it is polled at all. */
  hasten(source: Source): Promise<void>;
  /** Resolves when running handlers have ended, or after the grace period. */
  close(): Promise<void>;
}

const POLL = "poll";
const HOUSEKEEPING = "housekeeping";
const GRACE_MS = 10_000;
/** A handler only writes rows; one that takes longer is dead, and its job goes to another process. */
const EXPIRE_SECONDS = 60;
/** For `pg`, to which pg-boss hands its settings on: a server that went without a word is given up, as in src/store/database.ts. */
const UNRESPONSIVE = { keepAlive: true, query_timeout: 40_000, connectionTimeoutMillis: 5_000 } as const;
/** A poll that failed, because the store was away or this process does not know its source, is tried again for some hours. */
const RETRY_SECONDS = 2;
const RETRY_LIMIT = 10_000;

/**
 * pg-boss decides *when*: each source's next poll is one job that stands for all processes, made anew by each poll.
 * Who may read is decided by leases (stream-lease.ts), so a job that comes twice does no harm.
 */
export async function startScheduler(options: SchedulerOptions): Promise<Scheduler> {
  const { sources, log } = options;
  const boss = new PgBoss({
    ...options.connection,
    ...UNRESPONSIVE,
    schema: "sluice_jobs",
    max: 3,
    application_name: "sluice jobs",
  });
  boss.on("error", (err) => log.warn({ err }, "scheduler"));
  await boss.start();
  await boss.createQueue(POLL, {
    expireInSeconds: EXPIRE_SECONDS,
    retryLimit: RETRY_LIMIT,
    retryDelay: RETRY_SECONDS,
  });
  await boss.createQueue(HOUSEKEEPING, { expireInSeconds: 3_600, retryLimit: 3 });

  /** One waiting job per source: asking again moves it. */
  async function pollIn(source: Source, seconds: number): Promise<void> {
    await boss.upsert(POLL, { sourceId: source.id }, { singletonKey: source.id, startAfter: seconds });
  }

  async function pollNext(source: Source, scheduleMs: number): Promise<void> {
    await pollIn(source, Math.ceil((await options.intervalMs(source, scheduleMs)) / 1_000));
  }

  await boss.work<{ sourceId: string }>(POLL, { pollingIntervalSeconds: 0.5, batchSize: 1 }, async (jobs) => {
    for (const job of jobs) {
      const source = sources.get(job.data.sourceId);
      // Failed, it comes again: while settings are rolled out, another process may know the source that this one does not.
      if (source?.scheduleMs === undefined)
        throw new ServiceError("NOT_FOUND", "this process does not poll the source");
      await pollNext(source, source.scheduleMs); // first: whatever happens here, there is a next time
      await options.poll(source);
    }
  });
  await boss.work(HOUSEKEEPING, { pollingIntervalSeconds: 30 }, () => options.housekeeping());
  await boss.schedule(HOUSEKEEPING, "17 3 * * *");
  for (const source of sources.values()) if (source.scheduleMs !== undefined) await pollIn(source, 0);
  return {
    async hasten(source) {
      if (source.scheduleMs !== undefined) await pollNext(source, source.scheduleMs);
    },
    close: () => boss.stop({ graceful: true, timeout: GRACE_MS, close: true }),
  };
}
