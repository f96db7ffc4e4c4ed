import { ServiceError } from "../../domain/error.ts";
import { keepLease, type LeaseKeeper } from "../../runtime/keep-lease.ts";
import type { Database, Transaction } from "../../store/database.ts";
import { LEASE_MS, leasedStreams, type StreamLease } from "./stream-lease.ts";

const RENEW_MS = 3_000;

/** Renews a lease while its stream is read; also tells the reader to stop when the source is paused or the run canceled. */
export function keepStreamLease(options: {
  readonly db: Database;
  readonly tenantId: string;
  readonly lease: StreamLease;
  readonly runId: string;
}): LeaseKeeper {
  const { db, tenantId, lease, runId } = options;
  return keepLease({
    leaseMs: LEASE_MS,
    renewMs: RENEW_MS,
    renew: () =>
      db.transaction(tenantId, async (tx) => {
        await leasedStreams.extend(tx, lease);
        return (await isRequested(tx, lease.sourceId, runId))
          ? undefined
          : new ServiceError("CANCELED", "the source was paused or the run canceled");
      }),
  });
}

async function isRequested(tx: Transaction, sourceId: string, runId: string): Promise<boolean> {
  const rows = await tx.query<{ requested: boolean }>(
    `select not sources.paused and not runs.cancel_requested as requested
     from sources, sync_runs runs where sources.id = $1 and runs.id = $2`,
    [sourceId, runId],
  );
  return rows[0]?.requested ?? false;
}
