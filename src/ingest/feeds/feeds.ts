import { randomUUID } from "node:crypto";
import { LRUCache } from "lru-cache";
import type { Logger } from "pino";
import type { FeedLagMessage } from "../../connector-api/change-feed.ts";
import type { AnyConnector } from "../../connector-api/connector.ts";
import type { WakeUps } from "../../runtime/wake-ups.ts";
import { mayBeRead } from "../../sources/may-be-read.ts";
import type { SourceRegistry } from "../../sources/source-registry.ts";
import type { Source } from "../../sources/source.ts";
import { createSourceWork } from "../../sources/source-work.ts";
import type { Database } from "../../store/database.ts";
import { createSpoolFolder } from "../files/spool.ts";
import { claimFeed, DUE_FEEDS } from "./feed-lease.ts";
import { createFeedRenewals } from "./feed-renewals.ts";
import { forgetFeed, registerFeeds } from "./register-feeds.ts";
import { type AttemptOptions, attemptFeed } from "./attempt-feed.ts";

export interface FeedsOptions {
  readonly db: Database;
  /** Database for the changes, which are the bulk of the work. Default: `db`. */
  readonly changesDb?: Database;
  /** A feed of a source that is not among them is left to a process that has it. */
  readonly sources: SourceRegistry;
  /** All connectors, to find the sources that have feeds. */
  readonly connectors: readonly AnyConnector[];
  /** Folder for transactions that are too large for memory; processes of one machine may share it. */
  readonly folder: string;
  readonly log: Logger;
  readonly wakeUps: WakeUps;
  readonly nowMs: () => number;
  readonly random: () => number;
}

/** Counts of this process. */
export interface FeedStats {
  /** Feeds that it follows, with the newest lag in milliseconds and bytes; undefined: not known. */
  readonly following: readonly {
    readonly tenantId: string;
    readonly sourceId: string;
    readonly connector: string;
    readonly lagMs: number | undefined;
    readonly lagBytes: bigint | undefined;
  }[];
  /** Changes that were committed since the start, by connector. */
  readonly changes: ReadonlyMap<string, number>;
  /** Attempts that have failed since the start, by connector. */
  readonly failures: ReadonlyMap<string, number>;
}

/** Change feeds that this process follows. */
export interface Feeds {
  /** Registers the feeds of the known sources, and begins to follow those that no process follows. */
  start(): Promise<void>;
  stats(): FeedStats;
  /** Gives all leases back; resolves when every connection is closed, after `deadlineMs` at the latest. */
  close(deadlineMs: number): Promise<void>;
}

/** With the lease it bounds the takeover of a crashed process's feeds: 7 + 1 seconds. */
const SEARCH_MS = 1_000;
/** Each has an open connection, and up to three units in memory while changes arrive. */
const MAX_FEEDS = 256;
/** Sources whose credentials were tried last: they are not tried again for a while. */
const MAX_TRIED = 10_000;

/** Follows the feeds of all sources, one process each. Does nothing before `start`. */
export function createFeeds(options: FeedsOptions): Feeds {
  const { db, sources, connectors, log, wakeUps, random } = options;
  const owner = randomUUID();
  const folder = createSpoolFolder(options.folder);
  const pace = new LRUCache<string, number>({ max: MAX_TRIED });
  const attempts = new Set<{
    readonly tenantId: string;
    readonly sourceId: string;
    readonly connector: string;
    lag(): FeedLagMessage | undefined;
  }>();
  const counts = { changes: new Map<string, number>(), failures: new Map<string, number>() };
  const shared = { ...options, changesDb: options.changesDb ?? db, folder };
  const renewals = createFeedRenewals({ db, owner });

  async function follow(source: Source, stopping: AbortSignal): Promise<"done" | "nothing"> {
    const { feed, name } = source.connector;
    if (feed === undefined) {
      await db.transaction(source.tenantId, (tx) => forgetFeed(tx, source.id));
      return "done";
    }
    if (!(await mayBeRead({ ...options, source, pace }))) return "nothing";
    const claim = await db.transaction(source.tenantId, (tx) => claimFeed(tx, source.id, feed.streams, owner));
    if (claim === undefined) return "nothing";
    const attempt: AttemptOptions = {
      ...shared,
      source,
      feed,
      claim,
      keeper: renewals.keep({ tenantId: source.tenantId, lease: claim.lease }),
      onCommitted: (changes) => add(counts.changes, name, changes),
      onFailed: () => add(counts.failures, name, 1),
      onFollowing: (following) => {
        const { id: sourceId, tenantId } = source;
        const entry = { tenantId, sourceId, connector: name, lag: following.newest };
        attempts.add(entry);
        return () => void attempts.delete(entry);
      },
      stopping,
    };
    await attemptFeed(attempt);
    return "done";
  }

  const work = createSourceWork({
    db,
    sources,
    log,
    random,
    rows: DUE_FEEDS,
    name: "following change feeds",
    concurrency: MAX_FEEDS,
    pollMs: SEARCH_MS,
    round: follow,
  });
  const endWakeUps = wakeUps.on("sourceResumed", work.wake);

  return {
    async start() {
      await folder.removeLeftovers();
      await registerFeeds(db, connectors);
      work.start();
    },
    stats: () => ({
      following: [...attempts].map(({ lag, ...entry }) => ({
        ...entry,
        lagMs: lag()?.lagMs,
        lagBytes: lag()?.lagBytes,
      })),
      ...counts,
    }),
    async close(deadlineMs) {
      endWakeUps();
      await work.close(deadlineMs);
      await folder.close();
    },
  };
}

function add(counts: Map<string, number>, key: string, count: number): void {
  counts.set(key, (counts.get(key) ?? 0) + count);
}
