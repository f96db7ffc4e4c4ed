import type { Transaction } from "../store/database.ts";
import type { SeriesEntry } from "./series.ts";

/** Adds what was collected of a tenant's sources to the stored minutes and hours, by one statement. */
export async function writeSeries(tx: Transaction, entries: readonly SeriesEntry[]): Promise<void> {
  if (entries.length === 0) return;
  await tx.query(ADD, [
    tx.tenantId,
    entries.map(({ sourceId }) => sourceId),
    entries.map(({ name }) => name),
    entries.map(({ minuteMs }) => minuteMs),
    entries.map(({ count }) => count),
    entries.map(({ sum }) => sum),
    entries.map(({ max }) => max),
    entries.map(({ buckets }) => (buckets === undefined ? null : JSON.stringify(buckets))),
  ]);
}

/** Sum of two histograms, bucket by bucket. */
const ADDED = `(select array_agg(coalesce(old, 0) + coalesce(new, 0) order by place)
  from unnest(existing.buckets, excluded.buckets) with ordinality as both_of (old, new, place))`;

/** Rows are added in the order of their key, so that no two processes deadlock. */
const ADD = `
  insert into source_metrics as existing (tenant_id, source_id, name, resolution, at, count, sum, max, buckets)
  select $1, source_id, name, resolution, at, sum(count)::bigint, sum(sum), max(max),
    case when bool_or(buckets is not null) then (
      select array_agg(total order by place) from (
        select place, sum(value::bigint)::bigint as total
        from unnest(array_agg(buckets)) as each (own)
        cross join lateral jsonb_array_elements_text(own) with ordinality as part (value, place)
        group by place) as added) end
  from (
    select source_id, name, resolution, date_trunc(resolution, to_timestamp(minute_ms / 1000), 'UTC') as at, count, sum, max, buckets
    from unnest($2::text[], $3::text[], $4::float8[], $5::bigint[], $6::float8[], $7::float8[], $8::jsonb[])
      as incoming (source_id, name, minute_ms, count, sum, max, buckets)
    cross join unnest(array['HOUR', 'MINUTE']) as resolutions (resolution)
  ) as periods
  group by source_id, name, resolution, at
  order by resolution, source_id, name, at
  on conflict (tenant_id, resolution, source_id, name, at) do update set count = existing.count + excluded.count,
    sum = existing.sum + excluded.sum, max = greatest(existing.max, excluded.max),
    buckets = case when excluded.buckets is not null then ${ADDED} end`;

/**
 * Counts the events of a tenant between two numbers, by source and minute, as metrics: the caller makes sure that each
 * event is counted once.
 */
export async function countEvents(tx: Transaction, after: bigint, through: bigint): Promise<void> {
  await tx.query(COUNT_EVENTS, [tx.tenantId, after, through]);
}

const COUNT_EVENTS = `
  insert into source_metrics as existing (tenant_id, source_id, name, resolution, at, count, sum, max)
  select $1, source_id, 'EVENTS', resolution, date_trunc(resolution, at, 'UTC') as period, count(*), count(*), count(*)
  from events cross join unnest(array['HOUR', 'MINUTE']) as resolutions (resolution)
  where seq > $2 and seq <= $3 and source_id is not null
  group by source_id, resolution, period
  order by resolution, source_id, period
  on conflict (tenant_id, resolution, source_id, name, at) do update set count = existing.count + excluded.count,
    sum = existing.sum + excluded.sum, max = greatest(existing.max, excluded.max)`;
