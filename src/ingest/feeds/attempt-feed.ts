import { ServiceError } from "../../domain/error.ts";
import type { LeaseKeeper } from "../../runtime/keep-lease.ts";
import type { SourceRegistry } from "../../sources/source-registry.ts";
import type { Database } from "../../store/database.ts";
import { recordFailure, releaseFeed, writeReport } from "./feed-outcome.ts";
import { createFeedReporter, type FeedReport, type FeedReporter } from "./feed-reporter.ts";
import { followFeed, type FollowFeedOptions } from "./follow-feed.ts";

export interface AttemptOptions extends Omit<FollowFeedOptions, "db" | "reporter" | "signal"> {
  readonly db: Database;
  /** Database for the changes. */
  readonly changesDb: Database;
  readonly sources: SourceRegistry;
  /** Keeps the lease of the claim. */
  readonly keeper: LeaseKeeper;
  readonly random: () => number;
  readonly onFailed: () => void;
  /** Called when the feed is followed from now on; returns a function that ends this. */
  readonly onFollowing: (reporter: FeedReporter) => () => void;
  readonly stopping: AbortSignal;
}

/** Interval at which a changed lag is written. */
const REPORT_MS = 1_000;
/** Time after which changes that are being stored count as a lag, and the interval at which it is then written. */
const SLOW_MS = 5_000;
/** Interval at which changed settings of the source are looked for. */
const SETTINGS_MS = 1_000;
/** After a connection that worked for this time, the next failure counts as the first: the pauses are short again. */
const STABLE_MS = 30_000;

/** Follows a claimed feed from lease to outcome. Never rejects: the outcome is stored in its row, or the lease expires. */
export async function attemptFeed(options: AttemptOptions): Promise<void> {
  const { db, changesDb, source, claim, keeper, log } = options;
  const startedAtMs = performance.now();
  const settings = watchSettings(options);
  let hasWorked = false;
  /** Null: nothing was written yet, and an earlier attempt may have left the finding open. */
  let retention: string | null | undefined = null;
  const reporter = createFeedReporter({
    everyMs: REPORT_MS,
    slowMs: SLOW_MS,
    async write(report: FeedReport) {
      const isOver = !hasWorked && claim.failures > 0;
      const reported = { ...report, source, isOver, isRetentionNew: report.retention !== retention };
      await db.transaction(source.tenantId, (tx) => writeReport(tx, claim.lease, reported));
      retention = report.retention;
      if (!hasWorked) log.info({ sourceId: source.id }, "following change feed");
      hasWorked = true;
    },
  });
  const endFollowing = options.onFollowing(reporter);
  const signal = AbortSignal.any([options.stopping, keeper.lost, settings.signal]);
  const failure = await followFeed({ ...options, db: changesDb, reporter, signal }).catch((reason: unknown) =>
    ServiceError.from(reason),
  );
  endFollowing();
  settings.stop();
  await Promise.all([keeper.stop(), reporter.close()]);
  const wasStable = hasWorked && performance.now() - startedAtMs > STABLE_MS;
  try {
    await store(options, failure, { hasWorked, wasStable });
  } catch (reason) {
    // The store is unavailable, or the lease is lost: it expires. Nothing is stored of a source that is erased.
    const err = ServiceError.from(reason);
    const level = err.code === "NOT_FOUND" || err.code === "LEASE_LOST" ? "debug" : "warn";
    log[level]({ err, sourceId: source.id }, "the outcome of a change feed could not be written");
  }
}

interface Attempt {
  /** True if the connection was open. */
  readonly hasWorked: boolean;
  /** True if it has worked for a while. */
  readonly wasStable: boolean;
}

async function store(options: AttemptOptions, failure: ServiceError, attempt: Attempt): Promise<void> {
  const { db, source, claim, random, log } = options;
  const { lease } = claim;
  if (failure.code === "LEASE_LOST") {
    log.info({ sourceId: source.id }, "another process follows the change feed");
    return;
  }
  if (failure.code === "CANCELED") return db.transaction(source.tenantId, (tx) => releaseFeed(tx, lease));
  options.onFailed();
  // Once, and not again for each attempt until the feed has worked.
  const level = claim.state === "FAILED" && !attempt.hasWorked ? "debug" : "warn";
  log[level]({ sourceId: source.id, code: failure.code, err: failure }, "change feed failed, trying again");
  const failures = attempt.wasStable ? 1 : claim.failures + 1;
  return db.transaction(source.tenantId, (tx) => recordFailure(tx, lease, { error: failure, failures, random }));
}

/** Ends the attempt when the source has other settings than it was opened with, or is no longer known. */
function watchSettings({ sources, source }: AttemptOptions) {
  const changed = new AbortController();
  const timer = setInterval(() => {
    sources.find(source.id).then(
      (current) => {
        if (current !== source)
          changed.abort(
            new ServiceError("CANCELED", "the settings of the source were changed", { sourceId: source.id }),
          );
      },
      () => undefined, // the store is unavailable: looked for again
    );
  }, SETTINGS_MS);
  return { signal: changed.signal, stop: () => clearInterval(timer) };
}
