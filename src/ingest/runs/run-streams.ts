import type { ServiceError } from "../../domain/error.ts";
import { type EndedRunStatus, RUN, STREAM } from "../../domain/lifecycles.ts";
import type { Transaction } from "../../store/database.ts";
import { isLeased } from "../../store/lease.ts";
import { after, allows } from "../../store/status-sql.ts";
import type { RunRange, SyncMode } from "./run.ts";

/** One stream of one run. */
export interface RunStream {
  readonly runId: string;
  readonly stream: string;
}

export interface BegunRun {
  readonly id: string;
  readonly mode: SyncMode;
  readonly range: RunRange | undefined;
  /** What caused the run: see `RunTrigger`. */
  readonly trigger: string;
  /** True if this is the first claim of one of its streams. */
  readonly first: boolean;
}

export interface ClaimedRunStream {
  /** Cursor that the run keeps for the stream. */
  readonly cursor: unknown;
  /** Undefined: the run was canceled, or has ended. */
  readonly run: BegunRun | undefined;
}

/**
 * Marks streams of runs as being read, and the runs as running. The caller holds the leases of the streams.
 * @param streams each name once
 * @returns by name of the stream; without the streams that have ended
 */
export async function claimRunStreams(
  tx: Transaction,
  streams: readonly RunStream[],
): Promise<ReadonlyMap<string, ClaimedRunStream>> {
  const values = [streams.map(({ runId }) => runId), streams.map(({ stream }) => stream)];
  const rows = await tx.query<ClaimRow>(CLAIM, values, { prepared: true });
  return new Map(rows.map((row) => [row.stream, { cursor: row.cursor ?? undefined, run: begunRunOf(row) }]));
}

interface ClaimRow extends Record<string, unknown> {
  readonly stream: string;
  readonly cursor: unknown;
  /** Null: the run is not to be executed; then all columns after it are null. */
  readonly id: string | null;
  readonly mode: SyncMode;
  readonly trigger: string;
  readonly range_from: string | null;
  readonly range_to: string | null;
  readonly first: boolean;
}

const CLAIM = `
  with claimed as (
    update sync_run_streams set status = ${after(STREAM, "claim")}, started_at = coalesce(started_at, now())
    from unnest($1::text[], $2::text[]) as due (run, name)
    where run_id = due.run and stream = due.name and ${allows("status", STREAM, "claim")}
    returning run_id, stream, cursor
  ), existing as materialized (
    select id, status from sync_runs where id in (select run_id from claimed) and not cancel_requested
    order by id for update
  ), begun as (
    update sync_runs set status = ${after(RUN, "begin")}, started_at = coalesce(started_at, now())
    from existing where sync_runs.id = existing.id and ${allows("existing.status", RUN, "begin")}
    returning existing.id, mode, trigger, range_from, range_to, existing.status <> ${after(RUN, "begin")} as first
  )
  select claimed.stream, claimed.cursor, begun.* from claimed left join begun on begun.id = claimed.run_id`;

function begunRunOf({ id, mode, trigger, range_from: from, range_to: to, first }: ClaimRow): BegunRun | undefined {
  if (id === null) return undefined;
  return { id, mode, trigger, first, range: from === null || to === null ? undefined : { from, to } };
}

/** Postpones a stream to another attempt; an `error` counts as a failed attempt. */
export async function postponeRunStream(
  tx: Transaction,
  { runId, stream }: RunStream,
  delayMs: number,
  error: ServiceError | undefined,
): Promise<void> {
  await tx.query(
    `update sync_run_streams set status = ${after(STREAM, "postpone")},
       next_attempt_at = now() + $3 * interval '1 millisecond', attempts = attempts + $4, error_code = $5, error_message = $6
     where run_id = $1 and stream = $2 and ${allows("status", STREAM, "postpone")}`,
    [runId, stream, delayMs, error === undefined ? 0 : 1, error?.code ?? null, error?.publicMessage ?? null],
  );
}

/**
 * Ends a stream of a run; does nothing if it has ended already. The run is locked until the end of the transaction, so
 * that the last of several streams that end at the same time sees all the others.
 */
export async function endRunStream(
  tx: Transaction,
  { runId, stream }: RunStream,
  status: EndedRunStatus,
  error: ServiceError | undefined,
): Promise<void> {
  const values = [runId, stream, error?.code ?? null, error?.publicMessage ?? null];
  await tx.query(END[status], values, { prepared: true });
}

const END: Readonly<Record<EndedRunStatus, string>> = {
  SUCCEEDED: endBy("succeed", "progress = 1,"),
  FAILED: endBy("fail", ""),
  CANCELED: endBy("cancel", ""),
};

function endBy(signal: "succeed" | "fail" | "cancel", further: string): string {
  return `
    with run as materialized (select id from sync_runs where id = $1 for update)
    update sync_run_streams set status = ${after(STREAM, signal)}, ${further} finished_at = now(), error_code = $3,
      error_message = $4
    from run where run_id = run.id and stream = $2 and ${allows("sync_run_streams.status", STREAM, signal)}`;
}

/**
 * Ends the streams of a run that no worker reads, and makes the others due: their workers only have to end them, even
 * those that were postponed while another run reads the stream.
 */
export async function cancelRunStreams(tx: Transaction, runId: string): Promise<void> {
  await tx.query(
    `update sync_run_streams set status = ${after(STREAM, "cancel")}, finished_at = now()
     where run_id = $1 and ${allows("status", STREAM, "cancel")}
       and not exists (select 1 from stream_states existing where existing.source_id = sync_run_streams.source_id
         and existing.stream = sync_run_streams.stream and ${isLeased("existing")}
         and sync_run_streams.status = ${after(STREAM, "claim")})`,
    [runId],
  );
  await tx.query(
    `update sync_run_streams set next_attempt_at = now() where run_id = $1 and status = ${after(STREAM, "claim")}`,
    [runId],
  );
}

/**
 * Ends the open streams of all runs of a source, those that a worker reads too: the caller has ended their leases.
 * @returns ids of the runs, in order
 */
export async function cancelStreamsOfSource(
  tx: Transaction,
  sourceId: string,
  error: ServiceError,
): Promise<readonly string[]> {
  const rows = await tx.query<{ run_id: string }>(
    `with canceled as (
       update sync_run_streams set status = ${after(STREAM, "cancel")}, finished_at = now(), error_code = $2, error_message = $3
       where run_id in (select id from sync_runs where source_id = $1 and finished_at is null)
         and ${allows("status", STREAM, "cancel")} returning run_id
     )
     select distinct run_id from canceled order by run_id`,
    [sourceId, error.code, error.publicMessage],
  );
  return rows.map((row) => row.run_id);
}

/** Stores the cursor of a run that reads a stream independently of the stream's own cursor. */
export async function saveRunCursor(tx: Transaction, { runId, stream }: RunStream, cursor: string): Promise<void> {
  await tx.query("update sync_run_streams set cursor = $3 where run_id = $1 and stream = $2", [runId, stream, cursor], {
    prepared: true,
  });
}

/** Numbers by which a batch advances a stream. */
export interface BatchCounts {
  readonly records: number;
  readonly changed: number;
  readonly quarantined: number;
  /** 0 to 1; undefined if the upstream gives no way to know. */
  readonly progress: number | undefined;
}

export interface StreamProgress {
  readonly records: bigint;
  readonly changed: bigint;
  readonly progress: number | null;
  /** True if the end of the run was requested. */
  readonly canceled: boolean;
}

/** Counts a committed batch, which also clears the errors of earlier attempts. */
export function advanceRunStream(
  tx: Transaction,
  runStream: RunStream,
  counts: BatchCounts,
): Promise<StreamProgress | undefined> {
  return countBatch(tx, ADVANCE, runStream, counts);
}

/** Counts the last batch of a stream and ends it as read; the run is locked as by `endRunStream`. */
export function completeRunStream(
  tx: Transaction,
  runStream: RunStream,
  counts: BatchCounts,
): Promise<StreamProgress | undefined> {
  return countBatch(tx, COMPLETE, runStream, { ...counts, progress: 1 });
}

async function countBatch(
  tx: Transaction,
  text: string,
  { runId, stream }: RunStream,
  { records, changed, quarantined, progress }: BatchCounts,
): Promise<StreamProgress | undefined> {
  const values = [runId, stream, records, changed, quarantined, progress ?? null];
  const rows = await tx.query<StreamProgress & Record<string, unknown>>(text, values, { prepared: true });
  return rows[0];
}

const COUNTED = `records = records + $3, changed = changed + $4, quarantined = quarantined + $5,
  progress = greatest(progress, $6::real), attempts = 0, error_code = null, error_message = null`;

const ADVANCE = `
  update sync_run_streams streams set ${COUNTED}
  from sync_runs runs where streams.run_id = $1 and streams.stream = $2 and runs.id = $1
  returning records, changed, progress, runs.cancel_requested as canceled`;

const COMPLETE = `
  with run as materialized (select id, cancel_requested from sync_runs where id = $1 for update)
  update sync_run_streams streams set status = ${after(STREAM, "succeed")}, finished_at = now(), ${COUNTED}
  from run where streams.run_id = run.id and streams.stream = $2 and ${allows("streams.status", STREAM, "succeed")}
  returning records, changed, progress, run.cancel_requested as canceled`;
