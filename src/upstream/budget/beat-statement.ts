/** Calls at a time where nobody knows the limit. */
export const FIRST_CONCURRENCY = 4;
/** A replica that said nothing for so long is gone, and what it held is free. */
export const REPLICA_LIFE_MS = 5_000;

/*
 * A replica's heartbeat: says for each credential how many calls it has and wants, and gets its share of the concurrent
 * calls. All replicas' shares stand in one row, so that the row's lock makes the sum hold. Every replica keeps one call
 * even when it wants none, so that the first read of a person need not wait for a heartbeat; the rest goes to whoever
 * wants it, evenly when they want more than there is. A share that shrank counts as long as its calls are under way.
 *
 * Parameters: replica, then arrays: credential, calls under way, calls wanted, declared limit, calls that may begin before the
 * answer is there.
 */
export const BEAT = `
with asked as (
  select * from unnest($2::text[], $3::int[], $4::int[], $5::float8[], $6::int[]) as asked (credential, calls, wanted, limit_calls, allowed)
), locked as materialized (
  select held.credential, held.rate, held.rate_at_ms, held.replicas, calls, wanted, limit_calls, allowed
  from budget_buckets held join asked using (credential)
  where held.bucket = 'concurrency' order by held.credential for update of held
), timed as materialized (
  select locked.*, (extract(epoch from clock_timestamp()) * 1000)::float8 as now_ms from locked
), met as materialized (
  select timed.*, others.* from timed cross join lateral (
    select count(*)::int as others, coalesce(sum((entry->>'granted')::int), 0)::int as taken,
      coalesce(sum(greatest(1, (entry->>'granted')::int)), 0)::int as kept,
      coalesce(bool_or((entry->>'wanted')::int > (entry->>'granted')::int), false) as contested,
      count(*) filter (where (entry->>'wanted')::int > 0)::int as busy,
      coalesce(jsonb_object_agg(name, entry) filter (where name is not null), '{}') as alive
    from jsonb_each(timed.replicas) as each (name, entry)
    where name <> $1 and (entry->>'seen_ms')::float8 > now_ms - ${REPLICA_LIFE_MS}
  ) as others
), limited as materialized (
  select met.*, greatest(1, floor(least(coalesce(limit_calls, 'infinity'), coalesce(rate, limit_calls, ${FIRST_CONCURRENCY}))))::int as total
  from met
), shared as materialized (
  select limited.*, least(
    wanted + 1,
    case when contested then greatest(1, total / (others + 1)) else total end,
    greatest(0, total - case when others < total then kept else taken end)
  ) as share
  from limited
), written as (
  update budget_buckets held set
    declared = limit_calls,
    rate_at_ms = now_ms,
    rate = case when (rate_known or limit_calls is null) and wanted > share and taken + share >= total
      then least(coalesce(limit_calls, 'infinity'), total_rate + least(1000, greatest(0, now_ms - shared_at_ms)) / 1000)
      else held.rate end,
    replicas = alive || jsonb_build_object($1::text, jsonb_build_object(
      'seen_ms', now_ms, 'calls', calls, 'wanted', wanted, 'granted', greatest(calls, allowed, share)))
  from (select shared.*, rate is not null as rate_known, coalesce(rate, total) as total_rate, rate_at_ms as shared_at_ms from shared) as given
  where held.credential = given.credential and held.bucket = 'concurrency'
  returning held.credential, share, total, others + 1 as replicas, busy
)
select * from written`;

/** The replica ends. Parameters: replica, credentials. */
export const LEAVE = `
update budget_buckets set replicas = replicas - $1::text where credential = any($2::text[]) and bucket = 'concurrency'`;
