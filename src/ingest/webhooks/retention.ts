import { DELIVERY } from "../../domain/lifecycles.ts";
import { expiringRows, type RetentionRule } from "../../store/retention.ts";
import { allows } from "../../store/status-sql.ts";

/**
 * Attempts of deliveries that are applied or discarded. The delivery itself keeps the number of its attempts, and its
 * last error.
 */
export const attemptRetention = expiringRows({
  table: "delivery_attempts",
  deleteFrom: "delete from delivery_attempts",
  key: { delivery_id: "text", number: "integer" },
  age: "at",
  isUnneeded: `not exists (select 1 from deliveries
    where deliveries.id = stored.delivery_id and ${allows("deliveries.status", DELIVERY, "discard")} offset 0)`,
});

/**
 * Calls per minute, which are found source by source: an index of their age alone would be chosen for the lists of a
 * source too.
 */
export const countRetention: RetentionRule = {
  tables: ["webhook_counts"],
  async deleteBatch(tx, { days, limit = 5_000 }) {
    const [row] = await tx.query<{ deleted: number }>(DELETE_COUNTS, [days, limit]);
    const deleted = row?.deleted ?? 0;
    return { deleted, next: deleted < limit ? undefined : [] };
  },
};

const DELETE_COUNTS = `
  with deleted as (
    delete from webhook_counts where ctid = any(array(
      select old.place from sources cross join lateral (
        select ctid as place from webhook_counts as counts
        where counts.source_id = sources.id and counts.at < now() - $1 * interval '1 day'
        order by counts.at limit $2) as old
      limit $2)) returning 1
  )
  select count(*)::int as deleted from deleted`;

/** Periods without deliveries, after their end. */
export const silenceRetention = expiringRows({
  table: "webhook_silences",
  deleteFrom: "delete from webhook_silences",
  key: { source_id: "text", since: "timestamptz" },
  age: "until_at",
});

/**
 * Days for which counts and silences are kept: a source's usual rate is learned from younger ones, and counts per minute
 * are only viewed for recent times.
 */
export const WEBHOOK_STATISTICS_DAYS = 35;
