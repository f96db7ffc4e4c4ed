import type { Database, Transaction } from "../store/database.ts";

export interface DeleteOldEventsOptions {
  readonly database: Database;
  readonly tenantId: string;
  /** Age by the database's clock, which also dated the events. */
  readonly olderThanMs: number;
  /** Events deleted by one transaction at most. Default 5,000: the log's writers wait for its commit, some 20 ms. */
  readonly batchSize?: number;
  /** Ends the work between two batches. */
  readonly signal?: AbortSignal;
}

/**
 * Deletes a tenant's oldest events and raises the log's floor in the same transaction, so that a subscriber with an
 * older position is told instead of skipping what is gone.
 * @returns events deleted
 * @throws ServiceError STORE_UNAVAILABLE | INTERNAL
 */
export async function deleteOldEvents(options: DeleteOldEventsOptions): Promise<number> {
  const { database, tenantId, olderThanMs, batchSize = 5_000, signal } = options;
  let deleted = 0;
  for (;;) {
    if (signal?.aborted === true) return deleted;
    const batch = await database.transaction(tenantId, (tx) => deleteBatch(tx, olderThanMs, batchSize));
    deleted += batch;
    if (batch < batchSize) return deleted;
  }
}

/**
 * Numbers, not times, say what goes: a clock that was set back must not leave a hole above the floor. So the batch
 * ends before the first event that is young enough to stay.
 */
const OLD_END = `
  select coalesce(min(seq) filter (where at >= clock_timestamp() - $1 * interval '1 ms') - 1, max(seq)) as through
  from (select seq, at from events order by seq limit $2) oldest`;

async function deleteBatch(tx: Transaction, olderThanMs: number, batchSize: number): Promise<number> {
  const [end] = await tx.query<{ through: bigint | null }>(OLD_END, [olderThanMs, batchSize]);
  if (end === undefined || end.through === null) return 0;
  const [gone] = await tx.query<{ count: number }>(
    "with gone as (delete from events where seq <= $1 returning 1) select count(*)::int as count from gone",
    [end.through],
  );
  if (gone === undefined || gone.count === 0) return 0;
  // Last, since it locks the row that every writer of the log needs.
  await tx.query("update event_heads set floor = greatest(floor, $1)", [end.through]);
  return gone.count;
}
