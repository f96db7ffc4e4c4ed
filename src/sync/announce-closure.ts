import { appendEvents } from "../events/append.ts";
import type { Database } from "../store/database.ts";
import type { Closure } from "../upstream/budget/budget-store.ts";
import type { Source } from "../upstream/source.ts";

/** Tells the subscribers of every source that draws on a credential that one of its buckets was closed. */
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
  for (const [tenantId, own] of Map.groupBy(concerned, (source) => source.tenantId)) {
    await db.transaction(tenantId, (tx) =>
      appendEvents(
        tx,
        own.map(({ id }) => ({ sourceId: id, body })),
      ),
    );
  }
}
