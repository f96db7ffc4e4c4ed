import type { Database } from "../store/database.ts";

/** What a source's usual rate is learned from is younger, and who looks at minutes looks at the last ones. */
const KEPT_DAYS = 35;
/** Rows deleted by one transaction. */
const STEP = 10_000;

/**
 * Deletes the counts of a tenant's webhooks that nobody looks at any more.
 * @throws ServiceError STORE_UNAVAILABLE
 */
export async function forgetWebhookCounts(db: Database, tenantId: string): Promise<void> {
  for (let deleted = STEP; deleted >= STEP;) {
    const [gone] = await db.transaction(tenantId, (tx) =>
      tx.query<{ count: number }>(
        `with gone as (
           delete from webhook_counts where ctid = any(array(
             select ctid from webhook_counts where at < now() - $1 * interval '1 day' limit $2)) returning 1
         ) select count(*)::int as count from gone`,
        [KEPT_DAYS, STEP],
      ),
    );
    deleted = gone?.count ?? 0;
  }
}
