import type { AnyConnector } from "../../connector-api/connector.ts";
import type { ServiceError } from "../../domain/error.ts";
import { type EndedRunStatus, SOURCE, type SourceStatus, stateAfter } from "../../domain/lifecycles.ts";
import { appendEvents } from "../../events/append.ts";
import type { NewEvent } from "../../events/event.ts";
import type { Transaction } from "../../store/database.ts";
import type { LeasedChange } from "../../store/lease.ts";
import { dropOwnWalk, dropWalksOfRun } from "./ranges/store-walk.ts";
import { lockGap, reportGapRepair } from "../feeds/feed-gap.ts";
import { requeueRefresh } from "../runs/refresh-requests.ts";
import type { ClaimedStream } from "../runs/run.ts";
import { type EndedRun, endRun } from "../runs/run-status.ts";
import { endRunStream, postponeRunStream } from "../runs/run-streams.ts";
import { recordSuccess } from "../../sources/record-success.ts";
import { type CallSignal, lockSource, recordCall, recordCallOf, signalOf } from "../../sources/source-status.ts";
import { recordStreamEnd } from "./failing-streams.ts";
import { recordCount } from "./record-counts.ts";
import { leasedStreams, type StreamLease } from "./stream-lease.ts";
import { tombstoneMissing } from "./missing-objects/tombstone-missing.ts";
import { clearListed } from "./missing-objects/record-listed.ts";
import { refetchMissing } from "./missing-objects/refetch-missing.ts";

/** A stream that was read to its end. */
export interface CompletedStream {
  readonly work: ClaimedStream;
  readonly lease: StreamLease;
  /** True if its part of the last run failed. */
  readonly hasFailed: boolean;
}

/** Ends a stream that was read to its end. */
export async function succeedStream(
  tx: Transaction,
  completed: CompletedStream,
  connector: AnyConnector,
): Promise<void> {
  await appendEvents(tx, await completeStream(tx, completed, connector));
}

/** Like `succeedStream`, and returns the events, which the caller must append as the transaction's last statement. */
export async function completeStream(
  tx: Transaction,
  completed: CompletedStream,
  connector: AnyConnector,
): Promise<readonly NewEvent[]> {
  const { work, lease } = completed;
  await leasedStreams.release(tx, lease, completionOf(work));
  if (work.mode === "FULL") await dropOwnWalk(tx, work.sourceId, work.stream);
  const response = await recordRead(tx, work.sourceId);
  await endRunStream(tx, work, "SUCCEEDED", undefined);
  return completeRead(tx, completed, connector, response);
}

/** What the end of a read says about its source, which is locked: before its run, as by all who lock both. */
export function recordRead(tx: Transaction, sourceId: string): Promise<RecordedResponse> {
  return recordResponse(tx, sourceId, "succeed", undefined);
}

/** The rest of `completeStream`, after the lease was released and the stream's part of the run has ended. */
export async function completeRead(
  tx: Transaction,
  { work, hasFailed }: CompletedStream,
  connector: AnyConnector,
  { events: active, status }: RecordedResponse,
): Promise<readonly NewEvent[]> {
  const streams = connector.streams.map(({ name }) => name);
  const events = [...active, ...(await recordStreamEnd(tx, work, undefined, { status, streams, hasFailed }))];
  return finishStream(tx, work, { events, connector });
}

/**
 * Returns the change of a stream that was read to its end: it reflects the upstream at the start of the read, and later
 * reads continue from there.
 */
function completionOf({ mode, runId, stream }: ClaimedStream): LeasedChange | undefined {
  if (mode === "RANGE" || mode === "RECONCILE") return undefined;
  if (mode === "INCREMENTAL") return { set: "last_success_at = now()", values: [] };
  return {
    set: `last_success_at = now(), cursor = coalesce(
      (select streams.cursor from sync_run_streams streams where streams.run_id = $1 and streams.stream = $2),
      stream_states.cursor)`,
    values: [runId, stream],
  };
}

export interface RecordedResponse {
  readonly events: readonly NewEvent[];
  readonly status: SourceStatus | undefined;
}

/** Records a response of the upstream, and returns the status that the source, which is locked, has after it. */
async function recordResponse(
  tx: Transaction,
  sourceId: string,
  signal: CallSignal | undefined,
  error: ServiceError | undefined,
): Promise<RecordedResponse> {
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
  const response = await recordResponse(tx, work.sourceId, signalOf(error), error);
  const events = [...response.events];
  if (status === "FAILED") {
    const at = { status: response.status, streams: undefined, hasFailed: true };
    events.push(...(await recordStreamEnd(tx, work, error, at)));
    await requeueRefresh(tx, work);
  }
  await endRunStream(tx, work, status, error);
  await appendEvents(tx, await finishStream(tx, work, { events, connector: undefined }));
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
  readonly events: readonly NewEvent[];
  /** Connector of a stream that was read to its end. */
  readonly connector: AnyConnector | undefined;
}

/** Ends the run of a stream whose part of it has ended, if it was the last one; returns all events of it. */
async function finishStream(
  tx: Transaction,
  work: ClaimedStream,
  { events, connector }: StreamEnd,
): Promise<readonly NewEvent[]> {
  const [, finished] = await Promise.all([
    // The files of a bank hold the records, and are applied later.
    connector !== undefined && connector.files === undefined ? recordCount(tx, work) : undefined,
    finishRun(tx, work.runId, work.sourceId, connector),
  ]);
  return [...events, ...finished.events];
}

/** Handles the objects that a full run did not list: they are fetched, or tombstoned if that is impossible. */
async function removeMissing(
  tx: Transaction,
  connector: AnyConnector,
  work: Pick<ClaimedStream, "runId" | "sourceId">,
): Promise<NewEvent[]> {
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

/**
 * Ends the run when none of its streams is open any more, and returns its events.
 * @param connector of a run whose last stream was read to its end
 */
export async function finishRun(
  tx: Transaction,
  runId: string,
  sourceId: string,
  connector?: AnyConnector,
): Promise<FinishedRun> {
  const ended = await endRun(tx, runId);
  if (ended === undefined) return { status: undefined, events: [] };
  const { status } = ended;
  reportEnd(tx, { runId, sourceId }, ended);
  if (ended.mode !== "INCREMENTAL") await dropWalksOfRun(tx, sourceId, runId); // its walks are the streams' own
  if (status !== "SUCCEEDED") await clearListed(tx, runId); // otherwise the listed objects are still needed
  await recordSuccess(tx, sourceId);
  const finished = { sourceId, body: { kind: "RunFinished", runId, status } } as const;
  if (status !== "SUCCEEDED" || ended.mode !== "FULL") return { status, events: [finished] };
  const repair = { runId, sourceId };
  await lockGap(tx, sourceId); // before the objects that are deleted here
  const tombstoned = connector === undefined ? [] : await removeMissing(tx, connector, repair);
  return { status, events: [...tombstoned, finished, ...(await reportGapRepair(tx, repair))] };
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
