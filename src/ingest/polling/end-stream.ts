import type { AnyConnector } from "../../connector-api/connector.ts";
import type { ServiceError } from "../../domain/error.ts";
import { type EndedRunStatus, SOURCE, type SourceStatus, stateAfter } from "../../domain/lifecycles.ts";
import { appendEvents } from "../../events/append.ts";
import type { NewEvent } from "../../events/event.ts";
import type { Transaction } from "../../store/database.ts";
import type { LeasedChange } from "../../store/lease.ts";
import { dropOwnWalk, dropWalksOfRun } from "./ranges/store-walk.ts";
import { requeueRefresh } from "../runs/refresh-requests.ts";
import type { ClaimedStream } from "../runs/run.ts";
import { type EndedRun, endRun } from "../runs/run-status.ts";
import { endRunStream, postponeRunStream } from "../runs/run-streams.ts";
import { recordSuccess } from "../../sources/record-success.ts";
import { type CallSignal, lockSource, recordCall, recordCallOf, signalOf } from "../../sources/source-status.ts";
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
  await leasedStreams.release(tx, lease, completionOf(work));
  if (work.mode === "FULL") await dropOwnWalk(tx, work.sourceId, work.stream);
  const { events: active, status } = await recordResponse(tx, work.sourceId, "succeed", undefined);
  const streams = connector.streams.map(({ name }) => name);
  const events = [...active, ...(await recordStreamEnd(tx, work, undefined, { status, streams }))];
  await finishStream(tx, work, { status: "SUCCEEDED", error: undefined, events, connector });
}

/**
 * Returns the change of a stream that was read to its end: it reflects the upstream at the start of the read, and later
 * reads continue from there.
 */
function completionOf({ mode, runId, stream }: ClaimedStream): LeasedChange | undefined {
  if (mode === "RANGE") return undefined;
  if (mode === "INCREMENTAL") return { set: "last_success_at = now()", values: [] };
  return {
    set: `last_success_at = now(), cursor = coalesce(
      (select streams.cursor from sync_run_streams streams where streams.run_id = $1 and streams.stream = $2),
      stream_states.cursor)`,
    values: [runId, stream],
  };
}

/** Records a response of the upstream, and returns the status that the source, which is locked, has after it. */
async function recordResponse(
  tx: Transaction,
  sourceId: string,
  signal: CallSignal | undefined,
  error: ServiceError | undefined,
): Promise<{ readonly events: NewEvent[]; readonly status: SourceStatus | undefined }> {
  const source = await lockSource(tx, sourceId);
  if (source === undefined || signal === undefined) return { events: [], status: source?.status };
  const events = await recordCallOf(tx, source, signal, error);
  return { events, status: events.length === 0 ? source.status : stateAfter(SOURCE, signal) };
}

/** Ends the stream's part of the run, because the stream can't be read or must not be. */
export async function endStream(
  tx: Transaction,
  work: ClaimedStream,
  lease: StreamLease,
  status: Exclude<EndedRunStatus, "SUCCEEDED">,
  error: ServiceError,
): Promise<void> {
  await leasedStreams.release(tx, lease);
  const { events, status: sourceStatus } = await recordResponse(tx, work.sourceId, signalOf(error), error);
  if (status === "FAILED") {
    events.push(...(await recordStreamEnd(tx, work, error, { status: sourceStatus, streams: undefined })));
    await requeueRefresh(tx, work);
  }
  await finishStream(tx, work, { status, error, events, connector: undefined });
}

/** Postpones the stream to another attempt; `delayMs` is 0 if it only lost its worker. */
export async function postponeStream(
  tx: Transaction,
  work: ClaimedStream,
  lease: StreamLease,
  delayMs: number,
  error: ServiceError | undefined,
): Promise<void> {
  await leasedStreams.release(tx, lease);
  await postponeRunStream(tx, work, delayMs, error);
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

async function finishStream(tx: Transaction, work: ClaimedStream, end: StreamEnd): Promise<void> {
  const { status, error, connector } = end;
  await endRunStream(tx, work, status, error);
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
