import { ServiceError } from "../../domain/error.ts";
import { appendEvents } from "../../events/append.ts";
import type { Transaction } from "../../store/database.ts";
import { requestCancel } from "../runs/run-status.ts";
import { cancelRunStreams } from "../runs/run-streams.ts";
import { finishRun } from "./end-stream.ts";

/**
 * Requests the end of a run. Waiting streams end now; a stream that is being read ends at its worker's next check,
 * within seconds.
 * @throws ServiceError NOT_FOUND
 */
export async function cancelSync(tx: Transaction, runId: string): Promise<void> {
  const sourceId = await requestCancel(tx, runId);
  if (sourceId === undefined) {
    const known = await tx.query("select 1 from sync_runs where id = $1", [runId]);
    if (known.length === 0) throw new ServiceError("NOT_FOUND", "there is no run with this id");
    return; // ended already: nothing to cancel, and a repeated call is not an error
  }
  await cancelRunStreams(tx, runId);
  await appendEvents(tx, (await finishRun(tx, runId, sourceId)).events);
}
