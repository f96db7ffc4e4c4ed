import { ServiceError } from "../../domain/error.ts";
import { appendEvents } from "../../events/append.ts";
import type { NewEvent } from "../../events/event.ts";
import type { Transaction } from "../../store/database.ts";
import { cancelStreamsOfSource } from "../runs/run-streams.ts";
import { finishRun } from "./end-stream.ts";

/**
 * Cancels the open runs of a source that is no longer read; their streams have the reason. A worker that reads one loses
 * its lease, so that nothing that it has read is written afterwards. Must be the transaction's last statements before
 * the commit.
 */
export async function endRunsOfSource(
  tx: Transaction,
  sourceId: string,
  because = "the source was disconnected",
): Promise<void> {
  // In the order in which workers claim them, and before the streams of the runs, as workers do.
  await tx.query("select from stream_states where source_id = $1 order by stream for update", [sourceId]);
  await tx.query(
    `update stream_states set lease_owner = null, lease_until = null, lease_token = lease_token + 1
     where source_id = $1 and lease_owner is not null`,
    [sourceId],
  );
  const reason = new ServiceError("CANCELED", because, { sourceId });
  const events: NewEvent[] = [];
  for (const runId of await cancelStreamsOfSource(tx, sourceId, reason))
    events.push(...(await finishRun(tx, runId, sourceId)).events);
  if (events.length > 0) await appendEvents(tx, events);
}
