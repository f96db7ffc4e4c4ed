import type { AnyConnector } from "../../connector-api/connector.ts";
import type { ServiceError } from "../../domain/error.ts";
import type { EndedRunStatus } from "../../domain/lifecycles.ts";
import { appendEvents } from "../../events/append.ts";
import type { NewEvent } from "../../events/event.ts";
import type { Transaction } from "../../store/database.ts";
import { dropOwnWalk, dropWalksOfRun } from "./ranges/store-walk.ts";
import { requeueRefresh } from "../runs/refresh-requests.ts";
import type { ClaimedStream } from "../runs/run.ts";
import { type EndedRun, endRun } from "../runs/run-status.ts";
import { endRunStream, postponeRunStream } from "../runs/run-streams.ts";
import { recordSuccess } from "../../sources/record-success.ts";
import { recordCall, signalOf } from "../../sources/source-status.ts";
import { recordStreamEnd } from "./failing-streams.ts";
import { leasedStreams, type StreamLease } from "./stream-lease.ts";
import { tombstoneMissing } from "./missing-objects/tombstone-missing.ts";
import { clearListed } from "./missing-objects/record-listed.ts";
import { refetchMissing } from "./missing-objects/refetch-missing.ts";

/** Ends a stream that was read to its end. */
export async function succeedStream(
  tx: Transaction,
  work: ClaimedStream,
  lease: StreamLease,
  connector: AnyConnector,
): Promise<void> {
  await leasedStreams.extend(tx, lease);
  if (work.mode !== "RANGE") await completeStream(tx, work);
  const active = await recordCall(tx, work.sourceId, "succeed", undefined);
  const names = connector.streams.map(({ name }) => name);
  const events = [...active, ...(await recordStreamEnd(tx, work, undefined, names))];
  await finishStream(tx, work, lease, { status: "SUCCEEDED", error: undefined, events, connector });
}

/**
 * Stores the cursor: the stream reflects the upstream at the start of the read, and later reads continue from there.
 */
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

/** Ends the stream's part of the run, because the stream can't be read or must not be. */
export async function endStream(
  tx: Transaction,
  work: ClaimedStream,
  lease: StreamLease,
  status: Exclude<EndedRunStatus, "SUCCEEDED">,
  error: ServiceError,
): Promise<void> {
  await leasedStreams.extend(tx, lease);
  const signal = signalOf(error);
  const events = signal === undefined ? [] : await recordCall(tx, work.sourceId, signal, error);
  if (status === "FAILED") {
    events.push(...(await recordStreamEnd(tx, work, error, undefined)));
    await requeueRefresh(tx, work);
  }
  await finishStream(tx, work, lease, { status, error, events, connector: undefined });
}

/** Postpones the stream to another attempt; `delayMs` is 0 if it only lost its worker. */
export async function postponeStream(
  tx: Transaction,
  work: ClaimedStream,
  lease: StreamLease,
  delayMs: number,
  error: ServiceError | undefined,
): Promise<void> {
  await leasedStreams.extend(tx, lease);
  await postponeRunStream(tx, work, delayMs, error);
  await leasedStreams.release(tx, lease);
  const signal = error && signalOf(error);
  if (signal !== undefined) await appendEvents(tx, await recordCall(tx, work.sourceId, signal, error));
}

interface StreamEnd {
  readonly status: EndedRunStatus;
  readonly error: ServiceError | undefined;
  readonly events: readonly NewEvent[];
  /** Connector of a stream that was read to its end. */
  readonly connector: AnyConnector | undefined;
}

async function finishStream(tx: Transaction, work: ClaimedStream, lease: StreamLease, end: StreamEnd): Promise<void> {
  const { status, error, connector } = end;
  await endRunStream(tx, work, status, error);
  await leasedStreams.release(tx, lease);
  const finished = await finishRun(tx, work.runId, work.sourceId);
  const isFull = work.mode === "FULL" && finished.status === "SUCCEEDED" && connector !== undefined;
  const tombstoned = isFull ? await removeMissing(tx, connector, work) : [];
  await appendEvents(tx, [...end.events, ...tombstoned, ...finished.events]);
}

/** Handles the objects that a full run did not list: they are fetched, or tombstoned if that is impossible. */
async function removeMissing(tx: Transaction, connector: AnyConnector, work: ClaimedStream): Promise<NewEvent[]> {
  await refetchMissing(tx, connector, work.runId);
  const tombstoned = await tombstoneMissing(tx, connector, work);
  await clearListed(tx, work.runId);
  return tombstoned;
}

export interface FinishedRun {
  /** Undefined while a stream of the run is open. */
  readonly status: EndedRunStatus | undefined;
  readonly events: readonly NewEvent[];
}

/** Ends the run when none of its streams is open any more, and returns its event. */
export async function finishRun(tx: Transaction, runId: string, sourceId: string): Promise<FinishedRun> {
  const ended = await endRun(tx, runId);
  if (ended === undefined) return { status: undefined, events: [] };
  const { status } = ended;
  reportEnd(tx, { runId, sourceId }, ended);
  await dropWalksOfRun(tx, sourceId, runId);
  if (status !== "SUCCEEDED") await clearListed(tx, runId); // otherwise the listed objects are still needed
  await recordSuccess(tx, sourceId);
  return { status, events: [{ sourceId, body: { kind: "RunFinished", runId, status } }] };
}

function reportEnd(tx: Transaction, run: { readonly runId: string; readonly sourceId: string }, ended: EndedRun): void {
  const { status, code } = ended;
  const counts = {
    records: Number(ended.records),
    changed: Number(ended.changed),
    quarantined: Number(ended.quarantined),
    durationMs: Math.round(ended.duration_ms),
  };
  tx.report({
    level: status === "FAILED" ? "warn" : "info",
    sentence: "run ended",
    about: { ...run, status, ...(code !== null && { code }), ...counts },
  });
}
