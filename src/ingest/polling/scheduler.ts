import { PgBoss } from "pg-boss";
import type { Logger } from "pino";
import { ServiceError } from "../../domain/error.ts";
import type { ConnectionSettings } from "../../store/connection.ts";
import type { Source } from "../../sources/source.ts";

export interface SchedulerOptions {
  readonly connection: ConnectionSettings;
  /** Maximum number of connections of pg-boss. */
  readonly connections: number;
  readonly sources: ReadonlyMap<string, Source>;
  readonly log: Logger;
  /** Returns the interval to the next poll of a source with the given schedule. */
  readonly intervalMs: (source: Source, scheduleMs: number) => Promise<number>;
  /** Polls a due source. Must be safe to call twice: pg-boss delivers at least once. */
  readonly poll: (source: Source) => Promise<void>;
  /** Runs once a night, in one process. */
  readonly housekeeping: () => Promise<void>;
  /** Runs a minute after a start and then every hour, in one process. Must be safe to run in two at the same time. */
  readonly deleteOldRows: () => Promise<void>;
}

export interface Scheduler {
  /** Moves the next poll of a source to its present interval from now, if it is polled at all. */
  retryNow(source: Source): Promise<void>;
  /** Resolves when running handlers have ended, or after the grace period. */
  close(): Promise<void>;
}

const POLL = "poll";
const HOUSEKEEPING = "housekeeping";
const DELETE_OLD_ROWS = "delete-old-rows";
const GRACE_MS = 10_000;
/** A handler only writes rows; one that takes longer has failed, and its job goes to another process. */
const EXPIRE_SECONDS = 60;
/**
 * Settings for `pg`, to which pg-boss passes them on: an unresponsive server is given up, as in src/store/database.ts.
 */
const UNRESPONSIVE = { keepAlive: true, query_timeout: 40_000, connectionTimeoutMillis: 5_000 } as const;
/** Time for which a job is kept after it has ended: each poll is a job. */
const KEPT_SECONDS = 3_600;
/** Not during the start itself. */
const FIRST_DELETION_SECONDS = 60;
/**
 * A poll that failed, because the store was unavailable or this process does not know its source, is retried for some
 * hours.
 */
const RETRY_SECONDS = 2;
const RETRY_LIMIT = 10_000;

/**
 * Starts the scheduler. pg-boss decides *when* to poll: each source's next poll is one job shared by all processes,
 * created again by each poll. Leases decide which process reads (stream-lease.ts), so a job that is delivered twice
 * does no harm.
 */
export async function startScheduler(options: SchedulerOptions): Promise<Scheduler> {
  const { sources, log } = options;
  const boss = new PgBoss({
    ...options.connection,
    ...UNRESPONSIVE,
    schema: "sluice_jobs",
    max: options.connections,
    application_name: "sluice jobs",
  });
  boss.on("error", (err) => log.warn({ err }, "scheduler"));
  await boss.start();
  await boss.createQueue(POLL, {
    expireInSeconds: EXPIRE_SECONDS,
    retryLimit: RETRY_LIMIT,
    retryDelay: RETRY_SECONDS,
    deleteAfterSeconds: KEPT_SECONDS,
  });
  await boss.updateQueue(POLL, { deleteAfterSeconds: KEPT_SECONDS }); // earlier versions created it with 7 days
  await boss.createQueue(HOUSEKEEPING, { expireInSeconds: 3_600, retryLimit: 3 });
  await boss.createQueue(DELETE_OLD_ROWS, { expireInSeconds: 3_600, retryLimit: 1, deleteAfterSeconds: KEPT_SECONDS });

  /** Schedules a poll. There is one waiting job per source: another call moves it. */
  async function pollIn(source: Source, seconds: number): Promise<void> {
    await boss.upsert(POLL, { sourceId: source.id }, { singletonKey: source.id, startAfter: seconds });
  }

  async function pollNext(source: Source, scheduleMs: number): Promise<void> {
    await pollIn(source, Math.ceil((await options.intervalMs(source, scheduleMs)) / 1_000));
  }

  await boss.work<{ sourceId: string }>(POLL, { pollingIntervalSeconds: 0.5, batchSize: 1 }, async (jobs) => {
    for (const job of jobs) {
      const source = sources.get(job.data.sourceId);
      // A failed job is retried: while settings are rolled out, another process may know a source that this one does
      // not.
      if (source?.scheduleMs === undefined)
        throw new ServiceError("NOT_FOUND", "this process does not poll the source");
      await pollNext(source, source.scheduleMs); // first: there is a next poll even if the code below fails
      await options.poll(source);
    }
  });
  await boss.work(HOUSEKEEPING, { pollingIntervalSeconds: 30 }, () => options.housekeeping());
  await boss.schedule(HOUSEKEEPING, "17 3 * * *");
  await boss.work(DELETE_OLD_ROWS, { pollingIntervalSeconds: 30 }, () => options.deleteOldRows());
  await boss.schedule(DELETE_OLD_ROWS, "42 * * * *");
  // A process that never runs for an hour deletes too; of several that start, one does.
  await boss.send(DELETE_OLD_ROWS, {}, { startAfter: FIRST_DELETION_SECONDS, singletonSeconds: 3_600 });
  for (const source of sources.values()) if (source.scheduleMs !== undefined) await pollIn(source, 0);
  return {
    async retryNow(source) {
      if (source.scheduleMs !== undefined) await pollNext(source, source.scheduleMs);
    },
    close: () => boss.stop({ graceful: true, timeout: GRACE_MS, close: true }),
  };
}
