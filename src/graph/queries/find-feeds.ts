import { FEED } from "../../domain/lifecycles.ts";
import type { Transaction } from "../../store/database.ts";
import { isLeased } from "../../store/lease.ts";
import type { SourceFeedRow } from "../../store/queries/operation-rows.ts";
import { literals } from "../../store/status-sql.ts";

/** A process that was killed leaves its last state: without a lease, nothing is received. */
const IS_ABANDONED = `feed.status in (${literals(["FOLLOWING", "WAITING"])}) and not coalesce(${isLeased("feed")}, false)`;

/** Finds the change feeds of connected sources, in no order. */
export function findFeeds(tx: Transaction, sourceIds: readonly string[]): Promise<SourceFeedRow[]> {
  return tx.query(
    `select feed.source_id as "sourceId", feed.streams, feed.position_at as "positionAt", feed.lag_ms as "lagMs",
       feed.lag_bytes as "lagBytes", case when shown.state = 'WAITING' then feed.waits_for end as "waitsFor", shown.state,
       case shown.state when 'PAUSED' then source.status_since when feed.status then feed.status_since
         else feed.lease_until end as since,
       case when shown.state = 'FAILED' then jsonb_build_object('code', feed.error_code, 'message', feed.error_message)
         end as error
     from change_feeds as feed join sources as source on source.id = feed.source_id
     cross join lateral (
       select case when source.paused then 'PAUSED' when ${IS_ABANDONED} then ${literals(FEED.initial)} else feed.status end
         as state
     ) as shown
     where feed.source_id = any($1) and source.disconnected_at is null`,
    [sourceIds],
  );
}
