import type { Database } from "../../store/database.ts";
import { INVARIANTS } from "./invariants.ts";

/** Returns the tenants whose objects have changed since the last check, or have violated a rule. */
export async function findTenantsToCheck(db: Database): Promise<readonly string[]> {
  const rows = await db.acrossTenants<{ tenant_id: string }>(
    `select heads.tenant_id from event_heads heads
     left join invariant_progress progress on progress.tenant_id = heads.tenant_id
     where heads.head > coalesce(progress.checked_seq, 0)
       or exists (select from unconfirmed_breaches where tenant_id = heads.tenant_id)
       or exists (select from findings where tenant_id = heads.tenant_id and closed_at is null and kind = any($1))`,
    [INVARIANTS.map(({ kind }) => kind)],
  );
  return rows.map((row) => row.tenant_id);
}
