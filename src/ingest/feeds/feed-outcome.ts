import type { ServiceError } from "../../domain/error.ts";
import { appendEvents } from "../../events/append.ts";
import { fullJitterMs } from "../../runtime/backoff.ts";
import type { Source } from "../../sources/source.ts";
import { recordCall, signalOf } from "../../sources/source-status.ts";
import type { Transaction } from "../../store/database.ts";
import { type FeedLease, leasedFeeds } from "./feed-lease.ts";
import type { FeedReport } from "./feed-reporter.ts";
import { updateRetentionFinding } from "./feed-retention.ts";
import { becomes, RECEIVES } from "./feed-state.ts";

/** An outage of a second costs some attempts; one of hours one attempt in half a minute. */
const BACKOFF = { baseMs: 500, capMs: 60_000 } as const;

export interface ReportedFeed extends FeedReport {
  readonly source: Source;
  /** True if the feed had failed before: the upstream's status is updated too. */
  readonly isOver: boolean;
  /** True if the sentence about the retained log is another one than in the last report. */
  readonly isRetentionNew: boolean;
}

/**
 * Writes the newest state and lag of a feed.
 * @throws ServiceError LEASE_LOST
 */
export async function writeReport(tx: Transaction, lease: FeedLease, report: ReportedFeed): Promise<void> {
  const { signal, lag, source, isOver } = report;
  await leasedFeeds.extend(tx, lease, {
    set: `${RECEIVES[signal]}, lag_ms = $1, lag_bytes = $2, waits_for = $3`,
    values: [lag?.lagMs === undefined ? null : Math.round(lag.lagMs), lag?.lagBytes ?? null, lag?.waitsFor ?? null],
  });
  const events = [
    ...(report.isRetentionNew ? await updateRetentionFinding(tx, source, report.retention) : []),
    ...(isOver ? await recordCall(tx, lease.sourceId, "succeed", undefined) : []),
  ];
  if (events.length > 0) await appendEvents(tx, events);
}

export interface FailedFeed {
  readonly error: ServiceError;
  /** Number of attempts in a row that have failed, this one included. */
  readonly failures: number;
  readonly random: () => number;
}

/**
 * Gives the lease back after a failure: any process may try again after a pause.
 * @throws ServiceError LEASE_LOST
 */
export async function recordFailure(tx: Transaction, lease: FeedLease, failed: FailedFeed): Promise<void> {
  const { error, failures, random } = failed;
  const delayMs = Math.max(error.retryAfterMs ?? 0, fullJitterMs(BACKOFF, failures, random));
  await leasedFeeds.release(tx, lease, {
    set: `${becomes("fail")}, error_code = $1, error_message = $2, failures = $3, waits_for = null,
      next_attempt_at = now() + $4 * interval '1 millisecond'`,
    values: [error.code, error.publicMessage, failures, delayMs],
  });
  const signal = signalOf(error);
  if (signal === undefined) return;
  const events = await recordCall(tx, lease.sourceId, signal, error);
  if (events.length > 0) await appendEvents(tx, events);
}

/**
 * Gives the lease back because the process stops or the source is paused: another process may continue at once.
 * @throws ServiceError LEASE_LOST
 */
export async function releaseFeed(tx: Transaction, lease: FeedLease): Promise<void> {
  await leasedFeeds.release(tx, lease, { set: `${becomes("release")}, waits_for = null`, values: [] });
}
