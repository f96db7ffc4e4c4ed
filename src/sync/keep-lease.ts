import { ServiceError } from "../domain/error.ts";
import type { Database } from "../store/database.ts";
import { fence, LEASE_MS, RENEW_MS, type StreamLease } from "./stream-lease.ts";

export interface LeaseKeeper {
  /** Aborted with LEASE_LOST when the stream is no longer ours, with CANCELED when it is not to be read on. */
  readonly lost: AbortSignal;
  /** Ends the renewing; resolves when no renewal is in flight. */
  stop(): Promise<void>;
}

/** Renews a lease while its stream is read, and notices when to stop: taken over, paused, canceled, or cut off from the store. */
export function keepLease(options: {
  readonly db: Database;
  readonly tenantId: string;
  readonly lease: StreamLease;
  readonly runId: string;
}): LeaseKeeper {
  const { db, tenantId, lease, runId } = options;
  const controller = new AbortController();
  let renewedAtMs = performance.now();
  let renewing: Promise<void> = Promise.resolve();

  async function renew(): Promise<void> {
    try {
      const wanted = await db.transaction(tenantId, async (tx) => {
        await fence(tx, lease);
        return isWanted(tx, lease.sourceId, runId);
      });
      renewedAtMs = performance.now();
      if (!wanted) controller.abort(new ServiceError("CANCELED", "the source was paused or the run canceled"));
    } catch (reason) {
      const error = ServiceError.from(reason);
      // One missed renewal is a hiccup; with the lease run out somebody else may be reading already.
      if (error.code === "LEASE_LOST" || performance.now() - renewedAtMs > LEASE_MS) {
        controller.abort(new ServiceError("LEASE_LOST", "the lease could not be renewed", { cause: reason }));
      }
    }
  }

  let idle = true;
  const timer = setInterval(() => {
    if (!idle) return;
    idle = false;
    renewing = renew().finally(() => void (idle = true));
  }, RENEW_MS);
  return {
    lost: controller.signal,
    async stop() {
      clearInterval(timer);
      await renewing;
    },
  };
}

async function isWanted(
  tx: Parameters<Parameters<Database["transaction"]>[1]>[0],
  sourceId: string,
  runId: string,
): Promise<boolean> {
  const rows = await tx.query<{ wanted: boolean }>(
    `select not sources.paused and not runs.cancel_requested as wanted
     from sources, sync_runs runs where sources.id = $1 and runs.id = $2`,
    [sourceId, runId],
  );
  return rows[0]?.wanted ?? false;
}
