import type { Database } from "../../store/database.ts";
import { dateOf } from "./match-changes.ts";

/**
 * Returns the tenants with changes that are not matched yet, or with payouts whose usual days are over. The end of a first
 * read is a change too.
 */
export async function findTenantsToMatch(db: Database, nowMs: number): Promise<readonly string[]> {
  const rows = await db.acrossTenants<{ tenant_id: string }>(
    `select heads.tenant_id from event_heads heads
     left join payout_match_progress progress on progress.tenant_id = heads.tenant_id
     where progress.tenant_id is null or heads.head > progress.seq or progress.sweep_type is not null
       or progress.first_reads_over and exists (select from reconciliation_items as item
         where item.tenant_id = heads.tenant_id and item.state = 'TIMING' and item.due_on < $1)`,
    [dateOf(nowMs)],
  );
  return rows.map((row) => row.tenant_id);
}
