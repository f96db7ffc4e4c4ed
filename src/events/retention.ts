import type { Transaction } from "../store/database.ts";
import type { RetentionRule } from "../store/retention.ts";

/** Writers of the log wait for the commit of a batch, about 20 ms. */
const BATCH = 5_000;

/**
 * Deletes the oldest events and raises the log's floor in the same transaction, so that a subscriber with an older
 * position gets a reset instead of silently missing the deleted events.
 */
export const eventRetention: RetentionRule = {
  tables: ["events"],
  async deleteBatch(tx, { days, limit = BATCH }) {
    const deleted = await deleteOldest(tx, days, limit);
    return { deleted, next: deleted < limit ? undefined : [] }; // the oldest event is always the first one
  },
};

/**
 * Sequence numbers, not times, decide which events are deleted: a clock that was set back must not leave a gap above
 * the floor. Therefore the batch ends before the first event that is young enough to be kept.
 */
const OLD_END = `
  select coalesce(min(seq) filter (where at >= clock_timestamp() - $1 * interval '1 day') - 1, max(seq)) as through
  from (select seq, at from events order by seq limit $2) oldest`;

async function deleteOldest(tx: Transaction, days: number, limit: number): Promise<number> {
  const [end] = await tx.query<{ through: bigint | null }>(OLD_END, [days, limit]);
  if (end === undefined || end.through === null) return 0;
  const [deletion] = await tx.query<{ count: number }>(
    "with deleted as (delete from events where seq <= $1 returning 1) select count(*)::int as count from deleted",
    [end.through],
  );
  if (deletion === undefined || deletion.count === 0) return 0;
  // Last statement, because it locks the row that every writer of the log needs.
  await tx.query("update event_heads set floor = greatest(floor, $1)", [end.through]);
  return deletion.count;
}
