import type { Transaction } from "../../store/database.ts";
import type { BudgetStateRow } from "../../store/queries/operation-rows.ts";

/** Converts milliseconds of the server's clock to a time; null if it was never set. */
const timeOf = (column: string): string => `case when ${column} > 0 then to_timestamp(${column} / 1000) end`;

/**
 * Finds the remaining budgets of sources, by bucket. The rows belong to credentials; a source of another tenant is not
 * visible, and therefore neither is its budget. A row is created shortly before its first use, and not returned until
 * then.
 * @param firstConcurrency number of concurrent calls if the limit is unknown, and none was learned yet
 */
export function findBudgets(
  tx: Transaction,
  sourceIds: readonly string[],
  firstConcurrency: number,
): Promise<BudgetStateRow[]> {
  return tx.query(
    `select sources.id as "sourceId", bucket, declared as "limit",
       case when bucket = 'concurrency' then greatest(1, floor(least(declared, coalesce(rate, declared, $2::float8))))
         else least(coalesce(rate, declared), declared, case when pace_until_ms > now_ms then pace_rate end) end as "current",
       case when closed_until_ms > now_ms then ${timeOf("closed_until_ms")} end as "closedUntil",
       case when closed_until_ms > now_ms then closed_reason end as "closedReason",
       ${timeOf("refused_at_ms")} as "lastRefusedAt",
       (select coalesce(sum((entry->>'calls')::int), 0)::int from jsonb_each(replicas) as each (name, entry)
        where bucket = 'concurrency' and (entry->>'seen_ms')::float8 > now_ms - 5000) as "inUse"
     from sources join budget_buckets using (credential)
     cross join (select (extract(epoch from now()) * 1000)::float8 as now_ms) as clock
     where sources.id = any($1) and greatest(rate_at_ms, refused_at_ms, closed_until_ms) > 0 order by sources.id, bucket`,
    [sourceIds, firstConcurrency],
  );
}
