/** Concurrent calls if the limit is unknown. */
export const FIRST_CONCURRENCY = 4;
/** Time without a heartbeat after which a replica counts as terminated, and its share is free. */
export const REPLICA_LIFETIME_MS = 5_000;

/*
 * Heartbeat of a replica: reports for each credential the number of its calls in flight and wanted, and returns its
 * share of the concurrent calls. All replicas' shares are in one row, so that the row's lock guarantees the sum. One
 * call is kept for every replica that is alive, also for one that does not use the credential and is not in its row, so
 * that its first interactive read waits for its first heartbeat only; the rest goes to the replicas that want it, evenly
 * if they want more than there is. A reduced share continues to count as long as its calls are in flight. The row of a
 * credential is inserted by its first heartbeat; the statement returns none for a row that another process has inserted
 * meanwhile, which the next one finds.
 * Parameters: replica, then arrays: credential, calls in flight, calls wanted, declared limit, calls that may begin
 * before the response arrives; then the number of replicas that are alive.
 */
export const BEAT = `
with input as (
  select * from unnest($2::text[], $3::int[], $4::int[], $5::float8[], $6::int[]) as input (credential, calls, needed, limit_calls, allowed)
), existing as materialized (
  select stored.credential, stored.rate, stored.rate_at_ms, stored.replicas
  from budget_buckets stored join input using (credential)
  where stored.bucket = 'concurrency' order by stored.credential for update of stored
), locked as materialized (
  select input.credential, existing.credential is null as is_new, existing.rate,
    coalesce(existing.rate_at_ms, 0) as rate_at_ms, coalesce(existing.replicas, '{}') as replicas, calls, needed,
    limit_calls, allowed
  from input left join existing using (credential)
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
    where name <> $1 and (entry->>'seen_ms')::float8 > now_ms - ${REPLICA_LIFETIME_MS}
  ) as others
), limited as materialized (
  select met.*, greatest(1, floor(least(coalesce(limit_calls, 'infinity'), coalesce(rate, limit_calls, ${FIRST_CONCURRENCY}))))::int as total
  from met
), shared as materialized (
  select limited.*, least(
    needed + 1,
    case when contested then greatest(1, total / (others + 1)) else total end,
    greatest(0, total - case when others + absent < total then kept + absent else taken end)
  ) as share
  from limited cross join lateral (select greatest(0, $7::int - 1 - others) as absent) as unused
), decided as materialized (
  select shared.*,
    case when (rate is not null or limit_calls is null) and needed > share and taken + share >= total
      then least(coalesce(limit_calls, 'infinity'), coalesce(rate, total) + least(1000, greatest(0, now_ms - rate_at_ms)) / 1000)
      else rate end as new_rate,
    alive || jsonb_build_object($1::text, jsonb_build_object(
      'seen_ms', now_ms, 'calls', calls, 'wanted', needed, 'granted', greatest(calls, allowed, share))) as new_replicas
  from shared
), updated as (
  update budget_buckets stored set declared = limit_calls, rate_at_ms = now_ms, rate = new_rate, replicas = new_replicas
  from decided where stored.credential = decided.credential and stored.bucket = 'concurrency' and not is_new
  returning stored.credential
), inserted as (
  insert into budget_buckets (credential, bucket, declared, rate_at_ms, rate, replicas)
  select credential, 'concurrency', limit_calls, now_ms, new_rate, new_replicas from decided where is_new order by credential
  on conflict do nothing returning credential
)
select credential, share, total, others + 1 as replicas, busy from decided
where credential in (select credential from updated union all select credential from inserted)`;

/** Removes a replica that shuts down. Parameters: replica, credentials. */
export const LEAVE = `
update budget_buckets set replicas = replicas - $1::text where credential = any($2::text[]) and bucket = 'concurrency'`;
