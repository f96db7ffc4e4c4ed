import type { FeedState } from "../../domain/lifecycles.ts";
import type { Transaction } from "../../store/database.ts";
import type { DueRows } from "../../store/find-due-sources.ts";
import { isUnleased, type Lease, leasedTable } from "../../store/lease.ts";
import { becomes } from "./feed-state.ts";

/**
 * Time for which a feed stays with an unresponsive process. Another one follows it within this time and one search:
 * eight seconds, of the ten that a takeover may take.
 */
export const LEASE_MS = 7_000;

/** The right to follow the feed of a source. */
export interface FeedLease extends Lease {
  readonly sourceId: string;
}

/** Both writes fail with LEASE_LOST when another process has taken over, or the source was disconnected. */
export const leasedFeeds = leasedTable<FeedLease>({
  update: "update change_feeds set",
  key: { source_id: "sourceId" },
  leaseMs: LEASE_MS,
  lostMessage: "another process follows the feed",
});

const IS_DUE = `next_attempt_at <= now() and ${isUnleased("change_feeds")}`;

/** Feeds that no process follows, as work of their source. */
export const DUE_FEEDS: DueRows = {
  table: "change_feeds",
  due: IS_DUE,
  workable: "not source.paused and source.disconnected_at is null",
};

export interface FeedClaim {
  readonly lease: FeedLease;
  /** Parsed by the feed's schema before it is used; undefined: it was never followed. */
  readonly position: unknown;
  readonly state: FeedState;
  /** Number of attempts in a row that failed so far. */
  readonly failures: number;
}

/**
 * Acquires the feed of a source, unless another process follows it or it must wait.
 * @param streams names of the streams that it carries, which the graph shows
 */
export async function claimFeed(
  tx: Transaction,
  sourceId: string,
  streams: readonly string[],
  owner: string,
): Promise<FeedClaim | undefined> {
  const rows = await tx.query<{ token: bigint; position: unknown; state: FeedState; failures: number }>(
    `update change_feeds set lease_owner = $2, lease_token = lease_token + 1, lease_until = ${leasedFeeds.end},
       streams = $3, ${becomes("connect")}
     where source_id = $1 and ${IS_DUE} and exists (
       select from sources where id = $1 and not paused and disconnected_at is null)
     returning lease_token as token, position, status as state, failures`,
    [sourceId, owner, streams],
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  const { token, position, state, failures } = row;
  return { lease: { sourceId, owner, token }, position: position ?? undefined, state, failures };
}
