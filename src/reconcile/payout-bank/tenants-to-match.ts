import type { PayoutRoute } from "../../domain/payout-route.ts";
import type { Database } from "../../store/database.ts";
import { dateOf, hashOf } from "./match-changes.ts";

/**
 * Returns the tenants with changes that are not matched yet, or with payouts whose usual days are over. The end of a first
 * read is a change too.
 */
export async function findTenantsToMatch(
  db: Database,
  routes: ReadonlyMap<string, readonly PayoutRoute[]>,
  nowMs: number,
): Promise<readonly string[]> {
  const declared = [...routes];
  const rows = await db.acrossTenants<{ tenant_id: string }>(
    `select heads.tenant_id from event_heads heads
     left join payout_match_progress progress on progress.tenant_id = heads.tenant_id
     left join unnest($2::text[], $3::text[]) as declared (tenant_id, routes_hash) on declared.tenant_id = heads.tenant_id
     where progress.tenant_id is null or heads.head > progress.seq or progress.sweep_type is not null
       or progress.routes_hash <> coalesce(declared.routes_hash, $4)
       or progress.first_reads_over and exists (select from reconciliation_items as item
         where item.tenant_id = heads.tenant_id and item.state = 'TIMING' and item.due_on < $1)`,
    [dateOf(nowMs), declared.map(([tenantId]) => tenantId), declared.map(([, own]) => hashOf(own)), hashOf([])],
  );
  return rows.map((row) => row.tenant_id);
}
