import { appendEvents } from "../../events/append.ts";
import type { Database } from "../../store/database.ts";
import type { Closure } from "../../upstream/budget/budget-store.ts";
import type { Source } from "../../sources/source.ts";

/**
 * Notifies the subscribers of every source that draws on a credential that one of its buckets was closed, separately
 * for each tenant.
 * @throws ServiceError STORE_UNAVAILABLE | INTERNAL, the first error, after all were tried
 */
export async function announceClosure(
  db: Database,
  sources: Iterable<Source>,
  credential: string,
  closure: Closure,
): Promise<void> {
  const concerned = [...sources].filter((source) => source.credential === credential);
  const body = {
    kind: "BudgetClosed",
    bucket: closure.bucket,
    reason: closure.reason,
    closedUntil: new Date(closure.untilEpochMs).toISOString(),
  } as const;
  const results = await Promise.allSettled(
    [...Map.groupBy(concerned, (source) => source.tenantId)].map(([tenantId, own]) =>
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
