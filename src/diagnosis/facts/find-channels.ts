import { FEED } from "../../domain/lifecycles.ts";
import type { Transaction } from "../../store/database.ts";
import { isLeased } from "../../store/lease.ts";
import { literals } from "../../store/status-sql.ts";
import type { BudgetFact, ClockFact, FeedFact, WebhookFact } from "./facts.ts";
import { msOf } from "./sql-times.ts";

type Rows<Fact> = Promise<(Fact & Record<string, unknown>)[]>;

const timeOf = (column: string): string => `case when ${column} > 0 then ${column} end`;

/** Finds the limits of the budgets of sources, by bucket; the limit of simultaneous calls is left out. */
export function findBudgetFacts(tx: Transaction, sourceIds: readonly string[]): Rows<BudgetFact> {
  return tx.query(
    `select sources.id as "sourceId", bucket, declared, rate, ceiling as "refusedRate",
       ${timeOf("refused_at_ms")} as "refusedMs",
       case when closed_until_ms > now_ms then closed_until_ms end as "closedUntilMs",
       case when closed_until_ms > now_ms then closed_reason end as "closedReason",
       case when pace_until_ms > now_ms then pace_rate end as "paceRate"
     from sources join budget_buckets using (credential)
     cross join (select ${msOf("now()")} as now_ms) as clock
     where sources.id = any($1) and bucket <> 'concurrency' order by sources.id, bucket`,
    [sourceIds],
  );
}

/** A process that was killed leaves its last state: without a lease, nothing is received. */
const IS_ABANDONED = `feed.status in (${literals(["FOLLOWING", "WAITING"])}) and not coalesce(${isLeased("feed")}, false)`;

/** Time over which the lag of a feed is compared with the present one. */
const COMPARED_TIME = "interval '10 minutes'";

/** Milliseconds until a lag is 0, by the oldest recent measurement of it; null if it did not become less. */
const drainOf = (metric: "FEED_LAG_MS" | "FEED_LAG_BYTES", lag: string): string => `
  (select ${lag} * ${msOf("now() - measured.at - interval '30 seconds'")} / (measured.mean - ${lag})
   from (select at, sum / count as mean from source_metrics
     where resolution = 'MINUTE' and source_id = feed.source_id and name = '${metric}' and at > now() - ${COMPARED_TIME}
     order by at limit 1) as measured
   where measured.mean > ${lag} and measured.at < now() - interval '1 minute')`;

/** Finds the change feeds of sources, in no order. */
export function findFeedFacts(tx: Transaction, sourceIds: readonly string[]): Rows<FeedFact> {
  return tx.query(
    `select feed.source_id as "sourceId", current.state, feed.via, feed.streams,
       ${msOf(`case when current.state = feed.status then feed.status_since else feed.lease_until end`)} as "sinceMs",
       feed.lag_ms::float8 as "lagMs", feed.lag_bytes::float8 as "lagBytes", ${msOf("feed.position_at")} as "positionMs",
       feed.waits_for as "waitsFor",
       coalesce(${drainOf("FEED_LAG_BYTES", "feed.lag_bytes")}, ${drainOf("FEED_LAG_MS", "feed.lag_ms")})::float8 as "drainMs",
       feed.error_code as "errorCode", feed.error_message as "errorMessage",
       ${msOf("feed.gap_at")} as "gapMs", feed.gap_run_id as "gapRunId"
     from change_feeds as feed join sources as source on source.id = feed.source_id
     cross join lateral (
       select case when source.paused then 'PAUSED' when ${IS_ABANDONED} then ${literals(FEED.initial)} else feed.status end
         as state
     ) as current
     where feed.source_id = any($1)`,
    [sourceIds],
  );
}

/** Deliveries whose times of signing are compared. */
const COMPARED = 20;

/** Finds what the webhook calls of the last hour have in common, for sources that ever received one. */
export function findWebhookFacts(tx: Transaction, sourceIds: readonly string[]): Rows<WebhookFact> {
  return tx.query(
    `select source.id as "sourceId", coalesce(received, 0)::float8 as received, coalesce(refused, 0)::float8 as refused,
       coalesce(conflicts, 0)::float8 as conflicts, ${msOf("first_refused_at")} as "firstRefusedMs",
       coalesce(signed, 0)::float8 as signed, "signedOffsetMs"
     from sources as source
     cross join lateral (
       select sum(counted.received) as received, sum(counted.refused) as refused, sum(counted.conflicts) as conflicts,
         min(at) filter (where counted.refused > 0) as first_refused_at
       from webhook_counts as counted where counted.source_id = source.id and at > now() - interval '1 hour'
     ) as calls
     cross join lateral (
       select count(*) as signed,
         percentile_disc(0.5) within group (order by ${msOf("received_at - signed_at")}) as "signedOffsetMs"
       from (select received_at, (verification ->> 'signedAt')::timestamptz as signed_at from deliveries
         where source_id = source.id and received_at > now() - interval '15 minutes'
         order by received_at desc, id desc limit ${COMPARED}) as recent
       where signed_at is not null
     ) as signatures
     where source.id = any($1) and (webhook_received_at is not null or webhook_refused_at is not null)`,
    [sourceIds],
  );
}

/** Time for which a comparison with the clock of an upstream counts: many are called once an hour. */
const CLOCK_VALID = "interval '2 hours'";

/** Finds the newest comparison of the clocks of upstreams with ours, for sources whose upstream states its time. */
export function findClockFacts(tx: Transaction, sourceIds: readonly string[]): Rows<ClockFact> {
  return tx.query(
    `select requested.id as "sourceId", newest.offset_ms as "offsetMs", ${msOf("newest.at")} as "measuredMs"
     from unnest($1::text[]) as requested (id) cross join lateral (
       select measured.at, case name when 'CLOCK_BEHIND_MS' then 1 else -1 end * measured.sum / measured.count as offset_ms
       from unnest(array['CLOCK_BEHIND_MS', 'CLOCK_AHEAD_MS']) as direction (name) cross join lateral (
         select at, sum, count from source_metrics where resolution = 'MINUTE' and source_id = requested.id
           and source_metrics.name = direction.name and at > now() - ${CLOCK_VALID} order by at desc limit 1
       ) as measured
       order by measured.at desc, measured.count desc limit 1
     ) as newest`,
    [sourceIds],
  );
}
