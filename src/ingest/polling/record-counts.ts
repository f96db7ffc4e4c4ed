import type { Transaction } from "../../store/database.ts";
import type { ClaimedStream } from "../runs/run.ts";

/** Reads whose number of records is kept, for each stream and mode. */
const KEPT = 12;
/** Reads from which their number counts as usual, and the smallest usual number for which fewer are noticed. */
const USUAL = { reads: 5, minimum: 10 } as const;
/** A read with less than this share of the usual number has far fewer records. */
const FEW_SHARE = 0.1;
/** Days after which far fewer records become the usual number. */
const ACCEPTED_DAYS = 7;

const MEDIAN = "(select percentile_disc(0.5) within group (order by past) from unnest(existing.counts) as past)";
const LEAST = "(select min(past) from unnest(existing.counts) as past)";
/**
 * How many changes there are varies, and so does how many of them a read finds again: only reads of everything are
 * compared.
 */
const IS_LOW = `(existing.mode = 'FULL' and cardinality(existing.counts) >= ${USUAL.reads}
  and ${MEDIAN} >= ${USUAL.minimum} and excluded.last_count < ${FEW_SHARE} * ${MEDIAN}
  and excluded.last_count * 2 < ${LEAST})`;
const IS_NEW_USUAL = `existing.low_since < now() - interval '${ACCEPTED_DAYS} days'`;

/**
 * Records how many records a stream had that was read to its end, from which the diagnosis knows what is usual. Reads
 * of the changes of a stream in which nothing changes write nothing.
 */
export async function recordCount(tx: Transaction, { sourceId, stream, mode, runId }: ClaimedStream): Promise<void> {
  if (mode === "RANGE" || mode === "RECONCILE") return;
  await tx.query(RECORD, [tx.tenantId, sourceId, stream, mode, runId], { prepared: true });
}

const RECORD = `
  insert into stream_record_counts as existing
    (tenant_id, source_id, stream, mode, counts, last_count, last_run_id, last_at, low_since)
  select $1, $2, $3, $4, array[own.records], own.records, $5, now(), null
  from sync_run_streams as own where own.run_id = $5 and own.stream = $3
  on conflict (tenant_id, source_id, stream, mode) do update set
    last_count = excluded.last_count, last_run_id = excluded.last_run_id, last_at = excluded.last_at,
    low_since = case when ${IS_LOW} and not coalesce(${IS_NEW_USUAL}, false) then coalesce(existing.low_since, now()) end,
    counts = case when not ${IS_LOW}
        then (existing.counts || excluded.last_count)[greatest(1, cardinality(existing.counts) - ${KEPT - 2}):]
      when ${IS_NEW_USUAL} then excluded.counts else existing.counts end
  where existing.mode <> 'INCREMENTAL' or existing.last_count <> 0 or excluded.last_count <> 0`;
