import { setImmediate as turn } from "node:timers/promises";
import type { Logger } from "pino";
import type { ChangeFeed, OpenFeed } from "../../connector-api/change-feed.ts";
import { ServiceError } from "../../domain/error.ts";
import { abortReason, unlessAborted } from "../../runtime/abort.ts";
import type { WakeUps } from "../../runtime/wake-ups.ts";
import { waitAtMost } from "../../runtime/with-timeout.ts";
import type { Source } from "../../sources/source.ts";
import type { Database } from "../../store/database.ts";
import type { SpoolFolder } from "../files/spool.ts";
import { commitUnit } from "./commit-unit.ts";
import type { FeedClaim } from "./feed-lease.ts";
import type { FeedReporter } from "./feed-reporter.ts";
import { type PreparedUnit, prepareUnit } from "./prepare-unit.ts";
import { createFeedReader, type FeedReader } from "./read-feed.ts";
import { spoolTransaction } from "./spool-transaction.ts";
import { createUnitQueue, type UnitQueue } from "./unit-queue.ts";

export interface FollowFeedOptions {
  readonly db: Database;
  readonly source: Source;
  // oxlint-disable-next-line typescript/no-explicit-any -- only the feed itself interprets its position
  readonly feed: ChangeFeed<unknown, any>;
  readonly claim: FeedClaim;
  readonly folder: SpoolFolder;
  readonly reporter: FeedReporter;
  readonly log: Logger;
  readonly nowMs: () => number;
  readonly wakeUps: Pick<WakeUps, "refetchNeeded" | "runRequested">;
  /** Called after each commit. */
  readonly onCommitted: (changes: number) => void;
  /** Aborted on shutdown, pause, changed settings, and a lost lease. */
  readonly signal: AbortSignal;
}

/** Time that a connection gets to close. */
const CLOSE_MS = 2_000;

/**
 * Follows a claimed feed until it fails or the signal is aborted. Never resolves.
 * @throws ServiceError the reason; everything up to the last commit remains
 */
export async function followFeed(options: FollowFeedOptions): Promise<never> {
  const { source, feed, claim, reporter, log, nowMs } = options;
  const ended = new AbortController();
  const signal = AbortSignal.any([options.signal, ended.signal]);
  const queue = createUnitQueue();
  const end = (): void => void queue.end(abortReason(signal));
  signal.addEventListener("abort", end);
  if (signal.aborted) end();
  const opened: OpenFeed<unknown> = feed.open({
    config: source.config,
    client: source.client("incremental"),
    sourceId: source.id,
    position: positionOf(feed, claim),
    nowMs,
    onLag: reporter.lag,
    signal,
  });
  const reader = createFeedReader(opened.messages, { onReceived: reporter.received, onLag: reporter.lag });
  const reading = readAll(reader, queue, options.folder, signal);
  try {
    return await commitAll(options, queue, opened);
  } finally {
    ended.abort();
    signal.removeEventListener("abort", end);
    reader.release();
    const closed = opened.close().catch((err: unknown) => log.debug({ err, sourceId: source.id }, "feed not closed"));
    await waitAtMost(CLOSE_MS, Promise.all([reading, closed]));
    await queue.end(undefined);
  }
}

/** @throws ServiceError INTERNAL */
function positionOf(feed: FollowFeedOptions["feed"], { position }: FeedClaim): unknown {
  if (position === undefined) return undefined;
  const parsed = feed.position.safeParse(position);
  if (parsed.success) return parsed.data;
  throw new ServiceError("INTERNAL", "the stored position of the feed has another version's form", {
    cause: parsed.error,
  });
}

/** Reads transactions into the queue until the feed fails. Never rejects: the queue has the reason. */
async function readAll(reader: FeedReader, queue: UnitQueue, folder: SpoolFolder, signal: AbortSignal): Promise<void> {
  try {
    for (;;) {
      const part = await unlessAborted(reader.next(), signal);
      if (part.checkpoint === undefined) await queue.putLarge(await spoolTransaction(part, reader, { folder, signal }));
      else await queue.put(part);
    }
  } catch (reason) {
    await queue.end(signal.aborted ? abortReason(signal) : ServiceError.from(reason));
  }
}

/** Commits units one after another. While one is committed, the next one is prepared. */
async function commitAll(options: FollowFeedOptions, queue: UnitQueue, opened: OpenFeed<unknown>): Promise<never> {
  const { source, feed, signal } = options;
  let isFirst = options.claim.position === undefined;
  let committed: Promise<boolean> = Promise.resolve(true);
  try {
    for (;;) {
      const unit = await queue.take();
      const prepared = await prepareUnit(unit, { source, via: feed.via });
      if (!(await committed) || signal.aborted) await unit.dispose();
      else {
        const sent = Promise.withResolvers<void>();
        committed = commitOrEnd(options, queue, { opened, prepared, isFirst, sent: sent.resolve });
        // The next unit is prepared without a pause, for milliseconds in which the rest of a statement could not be sent.
        await Promise.race([sent.promise, committed]);
      }
      isFirst = false;
    }
  } finally {
    await committed;
  }
}

interface NextCommit {
  readonly opened: OpenFeed<unknown>;
  readonly prepared: PreparedUnit;
  /** True if no position was stored before. */
  readonly isFirst: boolean;
  /** Called when the changes of its first part have left this process. */
  readonly sent: () => void;
}

/** Commits a unit; a failure ends the queue. Returns whether it was committed; never rejects. */
async function commitOrEnd(options: FollowFeedOptions, queue: UnitQueue, next: NextCommit): Promise<boolean> {
  const { wakeUps, source, onCommitted } = options;
  const { unit } = next.prepared;
  const stored = options.reporter.storing();
  try {
    const { needsRefetch, startedRun } = await commit(options, next);
    onCommitted(unit.count);
    next.opened.committed(unit.position);
    if (needsRefetch) wakeUps.refetchNeeded(source);
    if (startedRun) wakeUps.runRequested(source);
    return true;
  } catch (reason) {
    await queue.end(reason);
    return false;
  } finally {
    stored();
    await unit.dispose();
    queue.committed();
  }
}

function commit({ db, source, feed, claim, nowMs, signal }: FollowFeedOptions, next: NextCommit) {
  const { prepared, isFirst, sent } = next;
  const { streams } = feed;
  return db.transaction(source.tenantId, (tx) => {
    const committed = commitUnit(tx, { source, streams, lease: claim.lease, prepared, isFirst, nowMs, signal });
    void turn()
      .then(() => tx.sent())
      .then(sent);
    return committed;
  });
}
