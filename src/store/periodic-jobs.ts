import type { Logger } from "pino";
import { createLoop, type Loop } from "../runtime/loop.ts";
import type { Database } from "./database.ts";

/** Work that one of all processes does once in a while. */
export interface PeriodicJob {
  readonly name: string;
  /** SQL expression of the time of the first run, counted from the first start of any process. */
  readonly first: string;
  /** SQL expression of the time of the run after the one that begins now. */
  readonly next: string;
  /** Must be safe to run in two processes at the same time: a run may take longer than the interval. */
  readonly run: () => Promise<void>;
}

export interface PeriodicJobsOptions {
  readonly db: Database;
  readonly jobs: readonly PeriodicJob[];
  readonly log: Logger;
  readonly random: () => number;
}

/** Interval between searches: jobs are minutes apart. */
const POLL_MS = 10_000;

/**
 * Runs jobs when they are due, each in one process. The next run is set before the job begins: one whose process ends is
 * not repeated before that.
 */
export function createPeriodicJobs({ db, jobs, log, random }: PeriodicJobsOptions): Loop {
  let areRegistered = false;
  return createLoop({
    pollMs: POLL_MS,
    random,
    async round(signal) {
      if (!areRegistered) await register(db, jobs);
      areRegistered = true;
      for (const job of jobs) {
        if (signal.aborted || !(await isDue(db, job))) continue;
        await job.run().catch((err: unknown) => log.warn({ err, job: job.name }, "a periodic job failed"));
      }
      return false;
    },
    onError(err, failures) {
      if (failures === 1) log.warn({ err }, "the search for periodic jobs failed, trying again");
    },
  });
}

async function register(db: Database, jobs: readonly PeriodicJob[]): Promise<void> {
  for (const { name, first } of jobs)
    await db.acrossTenants(`insert into periodic_jobs (name, due_at) values ($1, ${first}) on conflict do nothing`, [
      name,
    ]);
}

async function isDue(db: Database, { name, next }: PeriodicJob): Promise<boolean> {
  const rows = await db.acrossTenants(
    `update periodic_jobs set due_at = ${next} where name = $1 and due_at <= now() returning 1 as due`,
    [name],
  );
  return rows.length > 0;
}
