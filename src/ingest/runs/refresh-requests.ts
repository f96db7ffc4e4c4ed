import { STREAM } from "../../domain/lifecycles.ts";
import type { Transaction } from "../../store/database.ts";
import type { DueRows } from "../../store/find-due-sources.ts";
import { isOpen } from "../../store/status-sql.ts";
import type { RunStream } from "./run-streams.ts";

/**
 * Delay before a stream that could not be read is tried again after a notification. The notification may mean that it
 * can be read again, but a stream that still cannot be read must not be tried as often as its provider calls.
 */
const REFRESH_PAUSE_SECONDS = 5;
/** A polled source has caught up after this time; one that is not polled would otherwise wait for the next webhook. */
const REQUEUE_SECONDS = 300;

/**
 * Requests that streams are read further from their cursors. There is one row per stream however often it is requested;
 * the process that starts the read deletes it in the same transaction. For a stream that waits because it could not be
 * read, the wait is shortened to a moment.
 */
export async function requestStreamRefresh(
  tx: Transaction,
  sourceId: string,
  streams: Iterable<string>,
): Promise<void> {
  const names = [...streams].toSorted();
  if (names.length === 0) return;
  await tx.query(
    `insert into stream_refresh_requests as existing (tenant_id, source_id, stream, requested_at)
     select $1, $2, stream, now() from unnest($3::text[]) as stream
     on conflict (tenant_id, source_id, stream) do update set requested_at = now() + $4 * interval '1 second'
     where existing.requested_at > now() + $4 * interval '1 second'`,
    [tx.tenantId, sourceId, names, REFRESH_PAUSE_SECONDS],
  );
}

/** Requests that are due, as work of their source. */
export const DUE_REFRESH_REQUESTS: DueRows = {
  table: "stream_refresh_requests",
  due: "requested_at <= now()",
  workable: "not source.paused",
};

/** Returns true if a stream of the source is to be read because of a request. */
export async function isRefreshDue(tx: Transaction, sourceId: string): Promise<boolean> {
  return (await tx.query(`select 1 as due ${DUE} limit 1`, [sourceId])).length > 0;
}

/**
 * Takes the due requests, in the transaction that starts their run: a crash leaves both or neither, and of two
 * processes only one gets them.
 * @returns names of streams, as requested
 */
export async function takeRefreshRequests(tx: Transaction, sourceId: string): Promise<readonly string[]> {
  const rows = await tx.query<{ stream: string }>(`delete ${DUE} returning stream`, [sourceId]);
  return rows.map(({ stream }) => stream);
}

const DUE = `
  from stream_refresh_requests as request where source_id = $1 and requested_at <= now() and not exists (
    select 1 from sync_runs as run join sync_run_streams as open on open.run_id = run.id
    where run.source_id = $1 and run.finished_at is null and run.mode = 'INCREMENTAL'
      and open.stream = request.stream and ${isOpen("open.status", STREAM)})`;

/**
 * Stores the request again for a stream that could not be read; it is due after a pause, which is short if a new
 * request arrived meanwhile.
 */
export async function requeueRefresh(tx: Transaction, { runId, stream }: RunStream): Promise<void> {
  await tx.query(
    `insert into stream_refresh_requests (tenant_id, source_id, stream, requested_at)
     select tenant_id, source_id, $2, now() + $3 * interval '1 second' from sync_runs
     where id = $1 and trigger = 'WEBHOOK'
     on conflict (tenant_id, source_id, stream) do update set requested_at = now() + $4 * interval '1 second'`,
    [runId, stream, REQUEUE_SECONDS, REFRESH_PAUSE_SECONDS],
  );
}
