import { ALERT_ENDPOINT } from "../domain/lifecycles.ts";
import type { DueSearch, FoundSubjects } from "../runtime/due-work.ts";
import type { Database } from "../store/database.ts";
import { isUnleased } from "../store/lease.ts";
import { allows } from "../store/status-sql.ts";

/** Tenants with endpoints whose event log has grown. */
export async function findDueTenants(db: Database, { limit, except }: DueSearch): Promise<FoundSubjects> {
  const rows = await db.acrossTenants<{ tenantId: string }>(
    `select positions.tenant_id as "tenantId" from alert_positions as positions
     join event_heads as heads on heads.tenant_id = positions.tenant_id
     where heads.head > positions.seq and not positions.tenant_id = any($2::text[]) limit $1`,
    [limit, except],
  );
  const subjects = rows.map(({ tenantId }) => ({ key: tenantId, group: tenantId }));
  return { subjects, hasMore: rows.length >= limit };
}

/** Endpoints with something to do, over all tenants, those that have waited longest first. */
export async function findDueEndpoints(db: Database, { limit, except }: DueSearch): Promise<FoundSubjects> {
  const subjects = await db.acrossTenants<{ key: string; group: string }>(
    `select tenant_id || '/' || id as key, tenant_id as "group" from alert_endpoints
     where ${allows("status", ALERT_ENDPOINT, "reject")} and due_at <= now() and ${isUnleased("alert_endpoints")}
       and not tenant_id || '/' || id = any($2::text[])
     order by due_at limit $1`,
    [limit, except],
  );
  return { subjects, hasMore: subjects.length >= limit };
}
