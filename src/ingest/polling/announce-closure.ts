import { appendEvents } from "../../events/append.ts";
import type { Database } from "../../store/database.ts";
import type { Closure } from "../../upstream/budget/budget-store.ts";

/** Sources beyond these learn of the closure from their budgets: one platform key may be shared by thousands. */
const MAX_SOURCES = 1_000;

/**
 * Notifies the subscribers of the sources that draw on a credential that one of its buckets was closed, separately for
 * each tenant.
 * @throws ServiceError STORE_UNAVAILABLE | INTERNAL, the first error, after all were tried
 */
export async function announceClosure(db: Database, credential: string, closure: Closure): Promise<void> {
  const concerned = await db.acrossTenants<{ tenant_id: string; id: string }>(
    "select tenant_id, id from sources where credential = $1 limit $2",
    [credential, MAX_SOURCES],
  );
  const body = {
    kind: "BudgetClosed",
    bucket: closure.bucket,
    reason: closure.reason,
    closedUntil: new Date(closure.untilEpochMs).toISOString(),
  } as const;
  const results = await Promise.allSettled(
    [...Map.groupBy(concerned, (source) => source.tenant_id)].map(([tenantId, own]) =>
      db.transaction(tenantId, (tx) =>
        appendEvents(
          tx,
          own.map(({ id }) => ({ sourceId: id, body })),
        ),
      ),
    ),
  );
  const failed = results.find(({ status }) => status === "rejected");
  if (failed?.status === "rejected") throw failed.reason;
}
