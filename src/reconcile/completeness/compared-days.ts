import type { RunRange } from "../../ingest/runs/run.ts";
import type { Transaction } from "../../store/database.ts";
import type { ComparedStream } from "./compared-objects.ts";

/** SQL of a hash of a set of objects that does not depend on their order: the sum of their own hashes. */
const hashOf = (content: string): string => `sum(('x' || left(${content}, 15))::bit(60)::bigint)::text`;

/** SQL of the exact sums of each day by currency and exponent. */
const sumsOf = (prefix: string): string => `
  select day, jsonb_agg(jsonb_build_object('currency', currency, 'exponent', exponent, 'minor', minor::text, 'count', objects)
    order by currency, exponent) as sums
  from (select day, ${prefix}currency as currency, ${prefix}exponent as exponent, sum(${prefix}minor) as minor, count(*) as objects
    from own where ${prefix}content is not null and ${prefix}minor is not null group by 1, 2, 3) as by_currency
  group by day`;

/**
 * Stores the result of each day of a comparison that has ended. A day without objects is in step. The day without a
 * date has a row only if there are such objects.
 */
export async function recordComparedDays(
  tx: Transaction,
  { runId, sourceId, stream }: ComparedStream,
  range: RunRange,
): Promise<void> {
  await tx.query(
    `insert into compared_days as existing (tenant_id, source_id, stream, day, run_id, state, reason, checked_at, our_count, our_hash,
       our_sums, their_count, their_hash, their_sums, missing, altered, invented, repaired, unsettled)
     with own as materialized (
       select day, state, content, minor, currency, exponent, our_content, our_minor, our_currency, our_exponent
       from compared_objects where run_id = $3 and stream = $4
     ), counts as (
       select day, count(our_content) as our_count, ${hashOf("our_content")} as our_hash, count(content) as their_count,
         ${hashOf("content")} as their_hash, count(*) filter (where state = 'UNSETTLED') as unsettled,
         count(*) filter (where state = 'UNRESOLVED') as unresolved
       from own group by day
     ), our_sums as (${sumsOf("our_")}), their_sums as (${sumsOf("")}), found as (
       select day, count(*) filter (where kind = 'MISSING') as missing, count(*) filter (where kind = 'ALTERED') as altered,
         count(*) filter (where kind = 'INVENTED') as invented, count(repaired_at) as repaired, count(verified_at) as verified,
         count(*) as differences
       from record_differences where run_id = $3 and stream = $4 group by day
     ), days as (
       select day::date as day from generate_series(($5::timestamptz at time zone 'UTC')::date,
         ($6::timestamptz at time zone 'UTC' - interval '1 microsecond')::date, interval '1 day') as day
       union select day from counts union select day from found
     )
     select $1, $2, $4, days.day, $3,
       case when coalesce(unresolved, 0) > 0 or coalesce(differences, 0) > coalesce(verified, 0) then 'DIFFERENT'
         when coalesce(differences, 0) > 0 then 'REPAIRED' else 'IN_STEP' end,
       null, now(), coalesce(our_count, 0), our_hash, coalesce(our_sums.sums, '[]'), coalesce(their_count, 0), their_hash, coalesce(their_sums.sums, '[]'),
       coalesce(missing, 0), coalesce(altered, 0), coalesce(invented, 0), coalesce(repaired, 0), coalesce(unsettled, 0)
     from days left join counts using (day) left join found using (day) left join our_sums using (day)
       left join their_sums using (day)
     on conflict (tenant_id, source_id, stream, day) do update set ${REPLACED}`,
    [tx.tenantId, sourceId, runId, stream, range.from, range.to],
  );
}

const REPLACED = [
  "run_id",
  "state",
  "reason",
  "checked_at",
  ...["count", "hash", "sums"].flatMap((name) => [`our_${name}`, `their_${name}`]),
  "missing",
  "altered",
  "invented",
  "repaired",
  "unsettled",
]
  .map((name) => `${name} = excluded.${name}`)
  .join(", ");

/** Stores that the days of a stream cannot be compared, and why. */
export async function recordNotComparable(
  tx: Transaction,
  { runId, sourceId, stream }: ComparedStream,
  range: RunRange,
  reason: string,
): Promise<void> {
  await tx.query(
    `insert into compared_days as existing (tenant_id, source_id, stream, day, run_id, state, reason, checked_at)
     select $1, $2, $4, day::date, $3, 'NOT_COMPARABLE', $7, now()
     from generate_series(($5::timestamptz at time zone 'UTC')::date,
       ($6::timestamptz at time zone 'UTC' - interval '1 microsecond')::date, interval '1 day') as day
     on conflict (tenant_id, source_id, stream, day) do update set ${REPLACED}`,
    [tx.tenantId, sourceId, runId, stream, range.from, range.to, reason],
  );
}

/** Returns true if a day of the stream is known to differ. */
export async function hasDifferentDays(tx: Transaction, { sourceId, stream }: ComparedStream): Promise<boolean> {
  const rows = await tx.query(
    "select 1 as found from compared_days where source_id = $1 and stream = $2 and state = 'DIFFERENT' limit 1",
    [sourceId, stream],
  );
  return rows.length > 0;
}
