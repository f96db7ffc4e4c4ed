import { appendEvents } from "../events/append.ts";
import type { Transaction } from "../store/database.ts";
import { finishRun } from "./end-stream.ts";
import type { Walk } from "./ranges/range.ts";
import { findWalk } from "./ranges/store-walk.ts";
import type { ClaimedStream, SyncMode } from "./run.ts";
import { acquireLease, releaseLease, type StreamLease } from "./stream-lease.ts";

export interface Claim {
  readonly work: ClaimedStream;
  readonly lease: StreamLease;
  /** Parsed by the connector's schema before it is used; undefined: from the beginning. */
  readonly cursor: unknown;
  /** A walk over the past that was begun: it stands before `cursor`. */
  readonly walk: Walk | undefined;
}

interface Candidate {
  readonly run_id: string;
  readonly stream: string;
  readonly source_id: string;
}

/**
 * Streams of the given sources that are due and that nobody holds, oldest first. One per stream, however many runs
 * wait for it, so that neither a pile of runs nor a source that nobody reads any more stands before the others. The
 * streams of a canceled run are due also while its source is paused: they only have to be ended.
 */
export async function findDueStreams(
  tx: Transaction,
  sourceIds: readonly string[],
  limit: number,
): Promise<readonly Candidate[]> {
  return tx.query<Candidate & Record<string, unknown>>(
    `select run_id, stream, source_id from (
       select distinct on (due.source_id, due.stream) due.run_id, due.stream, due.source_id, due.next_attempt_at
       from sync_run_streams due
       join sync_runs runs on runs.id = due.run_id
       join sources on sources.id = due.source_id and (not sources.paused or runs.cancel_requested)
       left join stream_states held on held.source_id = due.source_id and held.stream = due.stream
       where due.status in ('QUEUED', 'RUNNING') and due.next_attempt_at <= now() and due.source_id = any($1)
         and (held.lease_until is null or held.lease_until < now())
       order by due.source_id, due.stream, due.next_attempt_at, due.run_id
     ) as first
     order by next_attempt_at, run_id limit $2`,
    [sourceIds, limit],
  );
}

/**
 * Takes one due stream; undefined when another worker was faster or there is nothing to read any more. A stream of a
 * canceled run that its worker left behind, because it was killed or had put the stream off, ends here.
 */
export async function claimStream(tx: Transaction, candidate: Candidate, owner: string): Promise<Claim | undefined> {
  const acquired = await acquireLease(tx, candidate.source_id, candidate.stream, owner);
  if (acquired === undefined) return undefined;
  const rows = await tx.query<{ cursor: unknown }>(
    `update sync_run_streams set status = 'RUNNING', started_at = coalesce(started_at, now())
     where run_id = $1 and stream = $2 and status in ('QUEUED', 'RUNNING') returning cursor`,
    [candidate.run_id, candidate.stream],
  );
  const row = rows[0];
  const run = row && (await beginRun(tx, candidate));
  if (row === undefined || run === undefined) {
    await releaseLease(tx, acquired.lease);
    if (row !== undefined) await cancelStream(tx, candidate);
    return undefined;
  }
  const work: ClaimedStream = {
    tenantId: tx.tenantId,
    runId: candidate.run_id,
    sourceId: candidate.source_id,
    stream: candidate.stream,
    mode: run.mode,
    range: run.range_from === null || run.range_to === null ? undefined : { from: run.range_from, to: run.range_to },
  };
  return {
    work,
    lease: acquired.lease,
    walk: await findWalk(tx, work),
    // An incremental run goes on from where the stream stands; the others keep a place of their own.
    cursor: run.mode === "INCREMENTAL" ? acquired.cursor : (row.cursor ?? undefined),
  };
}

/** An open stream whose run is not to be begun: it was canceled. */
async function cancelStream(tx: Transaction, { run_id: runId, stream, source_id: sourceId }: Candidate): Promise<void> {
  await tx.query(
    "update sync_run_streams set status = 'CANCELED', finished_at = now() where run_id = $1 and stream = $2",
    [runId, stream],
  );
  await appendEvents(tx, (await finishRun(tx, runId, sourceId)).events);
}

interface RunRow {
  readonly mode: SyncMode;
  readonly range_from: string | null;
  readonly range_to: string | null;
  readonly first: boolean;
}

async function beginRun(
  tx: Transaction,
  { run_id: runId, source_id: sourceId }: Candidate,
): Promise<RunRow | undefined> {
  const rows = await tx.query<RunRow & Record<string, unknown>>(
    `with held as (select id, status from sync_runs where id = $1 and not cancel_requested for update)
     update sync_runs set status = 'RUNNING', started_at = coalesce(started_at, now())
     from held where sync_runs.id = held.id and held.status in ('QUEUED', 'RUNNING')
     returning mode, range_from, range_to, held.status = 'QUEUED' as first`,
    [runId],
  );
  const row = rows[0];
  if (row?.first === true) await appendEvents(tx, [{ sourceId, body: { kind: "RunStarted", runId } }]);
  return row;
}
