import type { AnyConnector } from "../connector-api/connector.ts";
import type { ServiceError } from "../domain/error.ts";
import { appendEvents } from "../events/append.ts";
import type { NewEvent } from "../events/event.ts";
import type { Transaction } from "../store/database.ts";
import { dropOwnWalk, dropWalksOfRun } from "./ranges/store-walk.ts";
import { askAgain } from "./read-hints.ts";
import type { ClaimedStream, RunStatus } from "./run.ts";
import { setSourceStatus, statusAfter } from "./source-status.ts";
import { fence, releaseLease, type StreamLease } from "./stream-lease.ts";
import { buryUnseen } from "./unseen/bury-unseen.ts";
import { forgetShown } from "./unseen/note-shown.ts";
import { refetchUnseen } from "./unseen/refetch-unseen.ts";

/** The stream was read to its end. */
export async function succeedStream(
  tx: Transaction,
  work: ClaimedStream,
  lease: StreamLease,
  connector: AnyConnector,
): Promise<void> {
  await fence(tx, lease);
  if (work.mode !== "RANGE") await completeStream(tx, work);
  const active = await setSourceStatus(tx, work.sourceId, "ACTIVE", undefined);
  await settle(tx, work, lease, { status: "SUCCEEDED", error: undefined, events: active, connector });
}

/** The stream is as the upstream was when the read began, and later reads go on from there. */
async function completeStream(tx: Transaction, work: ClaimedStream): Promise<void> {
  await tx.query(
    `update stream_states set last_success_at = now(),
       cursor = case when $4 then coalesce(streams.cursor, stream_states.cursor) else stream_states.cursor end
     from sync_run_streams streams
     where stream_states.source_id = $1 and stream_states.stream = $2 and streams.run_id = $3 and streams.stream = $2`,
    [work.sourceId, work.stream, work.runId, work.mode === "FULL"],
  );
  if (work.mode === "FULL") await dropOwnWalk(tx, work.sourceId, work.stream);
}

/** The stream can't be read, or is not to be: its part of the run ends here. */
export async function endStream(
  tx: Transaction,
  work: ClaimedStream,
  lease: StreamLease,
  status: "FAILED" | "CANCELED",
  error: ServiceError,
): Promise<void> {
  await fence(tx, lease);
  const sourceStatus = statusAfter(error);
  const events = sourceStatus === undefined ? [] : await setSourceStatus(tx, work.sourceId, sourceStatus, error);
  if (status === "FAILED") await askAgain(tx, work.runId, work.stream);
  await settle(tx, work, lease, { status, error, events, connector: undefined });
}

/** Another try later; `delayMs` 0 for one that only lost its worker. */
export async function postponeStream(
  tx: Transaction,
  work: ClaimedStream,
  lease: StreamLease,
  delayMs: number,
  error: ServiceError | undefined,
): Promise<void> {
  await fence(tx, lease);
  await tx.query(
    `update sync_run_streams set next_attempt_at = now() + $3 * interval '1 millisecond', attempts = attempts + $4,
       error_code = $5, error_message = $6
     where run_id = $1 and stream = $2`,
    [work.runId, work.stream, delayMs, error === undefined ? 0 : 1, error?.code ?? null, error?.publicMessage ?? null],
  );
  await releaseLease(tx, lease);
  const sourceStatus = error && statusAfter(error);
  if (sourceStatus !== undefined) await appendEvents(tx, await setSourceStatus(tx, work.sourceId, sourceStatus, error));
}

interface StreamEnd {
  readonly status: RunStatus;
  readonly error: ServiceError | undefined;
  readonly events: readonly NewEvent[];
  /** Of a stream that was read to its end. */
  readonly connector: AnyConnector | undefined;
}

async function settle(tx: Transaction, work: ClaimedStream, lease: StreamLease, end: StreamEnd): Promise<void> {
  const { status, error, connector } = end;
  await tx.query(
    `update sync_run_streams set status = $3, finished_at = now(), error_code = $4, error_message = $5,
       progress = case when $3 = 'SUCCEEDED' then 1 else progress end
     where run_id = $1 and stream = $2`,
    [work.runId, work.stream, status, error?.code ?? null, error?.publicMessage ?? null],
  );
  await releaseLease(tx, lease);
  const finished = await finishRun(tx, work.runId, work.sourceId);
  const isFull = work.mode === "FULL" && finished.status === "SUCCEEDED" && connector !== undefined;
  const gone = isFull ? await settleUnseen(tx, connector, work) : [];
  await appendEvents(tx, [...end.events, ...gone, ...finished.events]);
}

/** What a full run did not show is asked for, or gone where it cannot be. */
async function settleUnseen(tx: Transaction, connector: AnyConnector, work: ClaimedStream): Promise<NewEvent[]> {
  await refetchUnseen(tx, connector, work.runId);
  const gone = await buryUnseen(tx, connector, work);
  await forgetShown(tx, work.runId);
  return gone;
}

export interface FinishedRun {
  /** Undefined while a stream of it is open. */
  readonly status: "SUCCEEDED" | "FAILED" | "CANCELED" | undefined;
  readonly events: readonly NewEvent[];
}

/** Ends the run when none of its streams is open any more, and returns the event of it. */
export async function finishRun(tx: Transaction, runId: string, sourceId: string): Promise<FinishedRun> {
  // The row lock makes the last of several streams that end at once see all the others.
  await tx.query("select 1 from sync_runs where id = $1 for update", [runId]);
  const rows = await tx.query<{ status: "SUCCEEDED" | "FAILED" | "CANCELED" }>(
    `update sync_runs set finished_at = now(), status = ended.status
     from (select case when bool_or(status = 'FAILED') then 'FAILED' when bool_or(status = 'CANCELED') then 'CANCELED'
             else 'SUCCEEDED' end as status
           from sync_run_streams where run_id = $1
           having bool_and(status not in ('QUEUED', 'RUNNING'))) as ended
     where id = $1 and sync_runs.status in ('QUEUED', 'RUNNING') returning ended.status`,
    [runId],
  );
  const status = rows[0]?.status;
  if (status === undefined) return { status, events: [] };
  await dropWalksOfRun(tx, sourceId, runId);
  if (status !== "SUCCEEDED") await forgetShown(tx, runId); // else it is still to be told what there is
  await tx.query(LAST_SUCCESS, [sourceId]);
  return { status, events: [{ sourceId, body: { kind: "RunFinished", runId, status } }] };
}

/** A source is as recent as the stream that lags most: one that keeps failing must not look fresh for the others' sake. */
const LAST_SUCCESS = `
  update sources set last_success_at = states.oldest
  from (select min(last_success_at) as oldest from stream_states where source_id = $1
        having bool_and(last_success_at is not null)) as states
  where id = $1`;
