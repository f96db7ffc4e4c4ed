import type { Transaction } from "../store/database.ts";
import type { Source } from "../upstream/source.ts";
import { type StartedSync, startSync, type StartSyncInput } from "./start-sync.ts";

/**
 * Writes down a run that reads on from where the streams stand, asked for by no client: each time is a run of its own.
 * @throws ServiceError OVERLOADED
 */
export function startIncremental(
  tx: Transaction,
  source: Source,
  { streams, trigger }: Pick<StartSyncInput, "streams" | "trigger">,
  nowMs: number,
): Promise<StartedSync> {
  return startSync(
    tx,
    source,
    { streams, trigger, mode: "INCREMENTAL", range: undefined, idempotencyKey: undefined },
    nowMs,
  );
}
