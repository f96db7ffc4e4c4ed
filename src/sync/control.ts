import { ServiceError } from "../domain/error.ts";
import { appendEvents } from "../events/append.ts";
import type { SourceStatus } from "../events/event.ts";
import type { Transaction } from "../store/database.ts";
import { finishRun } from "./end-stream.ts";

/**
 * Asks a run to end. What waits ends now; what is being read ends at its worker's next look, within seconds.
 * @throws ServiceError NOT_FOUND
 */
export async function cancelSync(tx: Transaction, runId: string): Promise<void> {
  const rows = await tx.query<{ source_id: string }>(
    "update sync_runs set cancel_requested = true where id = $1 and finished_at is null returning source_id",
    [runId],
  );
  const sourceId = rows[0]?.source_id;
  if (sourceId === undefined) {
    const known = await tx.query("select 1 from sync_runs where id = $1", [runId]);
    if (known.length === 0) throw new ServiceError("NOT_FOUND", "there is no run with this id");
    return; // ended already: nothing to cancel, and a repeated call is no error
  }
  await tx.query(
    `update sync_run_streams set status = 'CANCELED', finished_at = now()
     where run_id = $1 and status in ('QUEUED', 'RUNNING')
       and not exists (select 1 from stream_states held where held.source_id = sync_run_streams.source_id
         and held.stream = sync_run_streams.stream and held.lease_until >= now() and sync_run_streams.status = 'RUNNING')`,
    [runId],
  );
  // What is left is being read, or was put off while another run holds the stream: then nothing but its end is due.
  await tx.query("update sync_run_streams set next_attempt_at = now() where run_id = $1 and status = 'RUNNING'", [
    runId,
  ]);
  await appendEvents(tx, (await finishRun(tx, runId, sourceId)).events);
}

/**
 * Pauses or resumes a source. Paused, nothing is read, applied or fetched; webhooks are still accepted and kept.
 * @throws ServiceError NOT_FOUND
 */
export async function setPaused(tx: Transaction, sourceId: string, paused: boolean): Promise<void> {
  const status: SourceStatus = paused ? "PAUSED" : "ACTIVE";
  const rows = await tx.query<{ previous: SourceStatus }>(
    `with held as (select status from sources where id = $1 for update)
     update sources set paused = $2, status = $3, status_code = null, status_reason = null,
       status_since = case when held.status = $3 then sources.status_since else now() end
     from held where id = $1 returning held.status as previous`,
    [sourceId, paused, status],
  );
  const previous = rows[0]?.previous;
  if (previous === undefined) throw new ServiceError("NOT_FOUND", "there is no source with this id");
  if (previous === status) return;
  await appendEvents(tx, [{ sourceId, body: { kind: "SourceStatusChanged", status, previous, reason: null } }]);
}
