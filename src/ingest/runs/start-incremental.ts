import type { Transaction } from "../../store/database.ts";
import type { Source } from "../../sources/source.ts";
import { type StartedSync, startSync, type StartSyncInput } from "./start-sync.ts";

/**
 * Stores a new run that continues at the streams' cursors and was not requested by a client: each call creates a
 * separate run.
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
