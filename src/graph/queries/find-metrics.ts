import { BUCKETS, quantile } from "../../statistics/histogram.ts";
import { METRICS, type MetricName } from "../../statistics/metric-names.ts";
import type { Transaction } from "../../store/database.ts";

/** Which metrics of a source, in which time, by which period. */
export interface MetricRequest {
  readonly sourceId: string;
  readonly names: readonly MetricName[];
  /** RFC 3339, inclusive and exclusive. */
  readonly from: string;
  readonly to: string;
  /** A multiple of a minute; of an hour for times that are only kept by the hour. */
  readonly stepSeconds: number;
}

export interface MetricPointRow {
  /** RFC 3339. */
  readonly at: string;
  readonly count: bigint;
  readonly mean: number | null;
  readonly max: number | null;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
}

export interface MetricSeriesRow {
  readonly name: MetricName;
  readonly step: number;
  readonly points: readonly MetricPointRow[];
}

interface Row extends Record<string, unknown> {
  readonly name: MetricName;
  readonly at: string;
  readonly count: bigint;
  readonly sum: number;
  readonly max: number;
  readonly buckets: readonly number[] | null;
}

/** Finds metrics of a source over time, in the order of their names in the request: one statement for all of them. */
export async function findMetrics(tx: Transaction, request: MetricRequest): Promise<readonly MetricSeriesRow[]> {
  const { sourceId, names, from, to, stepSeconds } = request;
  const resolution = stepSeconds % 3_600 === 0 ? "HOUR" : "MINUTE";
  const rows = await tx.query<Row>(FIND, [sourceId, names, from, to, stepSeconds, resolution]);
  const byName = Map.groupBy(rows, ({ name }) => name);
  return names.map((name) => ({ name, step: stepSeconds, points: (byName.get(name) ?? []).map(pointOf) }));
}

function pointOf({ name, at, count, sum, max, buckets }: Row): MetricPointRow {
  const share = (part: number): number | null => (buckets === null ? null : (quantile(buckets, part, max) ?? null));
  const { isMeasured } = METRICS[name];
  return {
    at,
    count,
    mean: isMeasured ? sum / Number(count) : null,
    max: isMeasured ? max : null,
    p50: share(0.5),
    p95: share(0.95),
    p99: share(0.99),
  };
}

const PERIOD = "date_bin($5 * interval '1 second', at, 'epoch'::timestamptz)";

/** An array of arrays is one list for `unnest`: the position within each is the bucket. */
const FIND = `
  select name, ${PERIOD} as at, sum(count)::bigint as count, sum(sum) as sum, max(max) as max,
    (select array_agg(total order by bucket) from (
       select (position - 1) % ${BUCKETS} as bucket, sum(value)::float8 as total
       from unnest(array_agg(buckets) filter (where buckets is not null)) with ordinality as each (value, position)
       group by 1) as added) as buckets
  from source_metrics
  where resolution = $6 and source_id = $1 and name = any($2) and at >= $3 and at < $4 group by name, 2
  union all
  select name, at, sum(count)::bigint, sum(count)::float8, 0, null from (
    select 'DELIVERIES' as name, ${PERIOD} as at, received as count from webhook_counts
    where source_id = $1 and 'DELIVERIES' = any($2) and at >= $3 and at < $4
    union all
    select 'DELIVERIES_REFUSED', ${PERIOD}, refused from webhook_counts
    where source_id = $1 and 'DELIVERIES_REFUSED' = any($2) and at >= $3 and at < $4
  ) as calls group by name, at having sum(count) > 0
  order by name, at`;
