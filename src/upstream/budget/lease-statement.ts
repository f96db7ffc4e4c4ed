import {
  AFTER_REFUSAL,
  FARTHEST,
  FIRST_RATE,
  FURTHER_REFUSAL_MS,
  GROWTH,
  HORIZON_MS,
  LOWEST_RATE,
  NEAR,
  RESERVE_FROM_RATE,
  RESERVE_SHARE,
  SAME_REFUSAL_MS,
  INTERACTIVE_AHEAD_MS,
  USED_SHARE,
} from "./bucket-rules.ts";

/*
 * The rules of bucket-rules.ts in SQL: the same as lease-turns.ts and refuse-bucket.ts compute for one bucket, for
 * several at once, each in one statement. The rows are locked in the order of their keys before the clock is read, so
 * that turns are granted in the order of the locks, and statements that lock some of the same rows never wait for each
 * other in a circle. Every step is materialized: otherwise the planner would inline each
 * step's expressions into the next, and expressions that are used twice would double with every step, until planning
 * took twenty times as long as the rest. A bucket that was never used has no row: its first lease computes with the values
 * of a new row, and inserts it. `now` is the clock's epoch milliseconds; tests replace it by a parameter.
 */

/**
 * Parameters: arrays by bucket: credential, replicas of the credential that have work, name, declared, wanted, urgent, pace
 * rate, pace milliseconds. Each bucket of a credential must be given once: two requests for it in one statement would
 * both get the permits that are free before it. Returns no row for a bucket whose row another process has inserted meanwhile: the next statement finds it.
 */
export function leaseStatement(now = SERVER_CLOCK): string {
  return `
with input as (
  select * from unnest($1::text[], $2::int[], $3::text[], $4::float8[], $5::int[], $6::int[], $7::float8[], $8::float8[])
    as input (credential, sharing, bucket, declared, needed, interactive, offered_pace, offered_pace_ms)
), existing as materialized (
  select stored.* from budget_buckets stored join input using (credential, bucket)
  order by stored.credential, stored.bucket for update of stored
), locked as materialized (
  select input.credential, sharing, input.bucket, existing.bucket is null as is_new, coalesce(next_turn_ms, 0) as next_turn_ms,
    coalesce(reserve_ms, 0) as reserve_ms, rate, coalesce(rate_at_ms, 0) as rate_at_ms, ceiling, pace_rate,
    coalesce(pace_until_ms, 0) as pace_until_ms, coalesce(closed_until_ms, 0) as closed_until_ms,
    input.declared as limit_rate, needed, interactive, offered_pace, offered_pace_ms
  from input left join existing using (credential, bucket)
), timed as materialized (
  select locked.*, ${now} as now_ms from locked
), grown as materialized (
  select timed.*, least(coalesce(limit_rate, 'infinity'), case
      when rate is null then coalesce(limit_rate, ${FIRST_RATE})
      when next_turn_ms < now_ms - 50 then rate
      else rate + least(1000, greatest(0, now_ms - rate_at_ms)) / 1000 * case
        when ceiling is null then rate * ${GROWTH.unknown}
        when rate < ${NEAR.from} * ceiling then ceiling * ${GROWTH.below}
        when rate <= ${NEAR.to} * ceiling then ceiling * ${GROWTH.near}
        else ceiling * ${GROWTH.beyond} end
    end) as grown_rate,
    coalesce(offered_pace, pace_rate) as new_pace,
    case when offered_pace is null then pace_until_ms else now_ms + offered_pace_ms end as new_pace_until
  from timed
), paced as materialized (
  select grown.*, least(grown_rate, case when new_pace_until > now_ms then new_pace end) as used_rate from grown
), spaced as materialized (
  select paced.*, 1000 / (used_rate * ${USED_SHARE}) as step, 
    case when used_rate < ${RESERVE_FROM_RATE} then 0 else greatest(1, floor(used_rate * ${RESERVE_SHARE})) end as reserve,
    closed_until_ms > now_ms as closed
  from paced
), lined as materialized (
  select spaced.*, case when reserve = 0 then step else greatest(${HORIZON_MS}, sharing * step) end as horizon,
    greatest(now_ms, case when next_turn_ms > now_ms + greatest(${FARTHEST.ms}, ${FARTHEST.intervals} * step)
      then now_ms else next_turn_ms end) as turn_ms
  from spaced
), spanned as materialized (
  select lined.*, horizon + (1 + reserve / 2) * step as span from lined
), reserved as materialized (
  select spanned.*, reserve > 0 and turn_ms - now_ms > 1 and turn_ms - now_ms <= span as jumps,
    ceil(reserve / 2) as at_once, span / (reserve - ceil(reserve / 2) + 1) as every_ms from spanned
), filled as materialized (
  select reserved.*, greatest(now_ms, case when reserve_ms > now_ms + greatest(${FARTHEST.ms}, ${FARTHEST.intervals} * every_ms)
      then now_ms else reserve_ms end) as full_ms
  from reserved
), jumped as materialized (
  select filled.*, case when closed or not jumps then 0 else least(interactive, greatest(0, floor(
      ((at_once - 1) * every_ms - (full_ms - now_ms)) / every_ms) + 1)) end as immediate
  from filled
), started as materialized (
  select jumped.*, turn_ms + immediate * step as start_ms, ceil(horizon / step / greatest(2, sharing)) as block
  from jumped
), expedited as materialized (
  select started.*, least(interactive - immediate, greatest(0, floor((now_ms + ${INTERACTIVE_AHEAD_MS} - start_ms) / step) + 1)) as in_line
  from started
), counted as materialized (
  select expedited.*, case when closed then 0 else in_line + least(needed, block,
      greatest(0, greatest(0, floor((now_ms + horizon - start_ms) / step) + 1) - in_line)) end as turns
  from expedited
), decided as materialized (
  select counted.*,
    case when closed then next_turn_ms else start_ms + turns * step end as following_turn_ms,
    case when closed or not jumps then reserve_ms else full_ms + immediate * every_ms end as new_reserve_ms
  from counted
), updated as (
  update budget_buckets stored set
    next_turn_ms = following_turn_ms, reserve_ms = new_reserve_ms, rate = grown_rate, rate_at_ms = now_ms,
    pace_rate = new_pace, pace_until_ms = new_pace_until, declared = limit_rate
  from decided where stored.credential = decided.credential and stored.bucket = decided.bucket and not is_new
  returning stored.credential, stored.bucket
), inserted as (
  insert into budget_buckets (credential, bucket, next_turn_ms, reserve_ms, rate, rate_at_ms, pace_rate, pace_until_ms, declared)
  select credential, bucket, following_turn_ms, new_reserve_ms, grown_rate, now_ms, new_pace, new_pace_until, limit_rate
  from decided where is_new order by credential, bucket
  on conflict do nothing returning credential, bucket
)
select credential, bucket, now_ms, immediate, turns, case when closed then closed_until_ms else start_ms end as start_ms, step,
  case when closed then closed_until_ms else start_ms + (turns + block - 1) * step - horizon end as ask_again_ms,
  closed_until_ms, used_rate
from decided where (credential, bucket) in (select credential, bucket from updated union all select credential, bucket from inserted)`;
}

/** Parameters: credential, then arrays by bucket: name, declared, milliseconds to close for, reason, slow-down flag. */
export function refuseStatement(now = SERVER_CLOCK): string {
  return `
with input as (
  select * from unnest($2::text[], $3::float8[], $4::float8[], $5::text[], $6::boolean[])
    as input (bucket, limit_rate, close_ms, reason, slow_down)
), locked as materialized (
  select existing.*, limit_rate, close_ms, reason, slow_down from budget_buckets existing join input using (bucket)
  where existing.credential = $1 order by existing.bucket for update of existing
), timed as materialized (
  select locked.*, ${now} as now_ms from locked
), checked as materialized (
  select timed.*, coalesce(rate, limit_rate, ${FIRST_RATE}) as refused_rate,
    slow_down and abs(now_ms - refused_at_ms) >= ${SAME_REFUSAL_MS} as slows,
    case when abs(now_ms - refused_at_ms) < ${FURTHER_REFUSAL_MS} then ${AFTER_REFUSAL.further} else ${AFTER_REFUSAL.first} end as left_share
  from timed
)
update budget_buckets existing set
  closed_until_ms = case when close_ms > 0 then greatest(existing.closed_until_ms, now_ms + close_ms) else existing.closed_until_ms end,
  closed_reason = case when close_ms > 0 and now_ms + close_ms > existing.closed_until_ms then reason else existing.closed_reason end,
  rate = case when slows then greatest(${LOWEST_RATE}, refused_rate * left_share) else existing.rate end,
  rate_at_ms = case when slows then now_ms else existing.rate_at_ms end,
  ceiling = case when slows then refused_rate else existing.ceiling end,
  refused_at_ms = case when slows then now_ms else existing.refused_at_ms end
from checked where existing.credential = $1 and existing.bucket = checked.bucket
returning existing.bucket, existing.closed_reason, existing.closed_until_ms, now_ms, checked.closed_until_ms <= now_ms as was_open`;
}

/** Current epoch milliseconds of the server. */
export const SERVER_CLOCK = "(extract(epoch from clock_timestamp()) * 1000)::float8";
