import { STREAM } from "../../domain/lifecycles.ts";
import { appendEvents } from "../../events/append.ts";
import type { Transaction } from "../../store/database.ts";
import { allows } from "../../store/status-sql.ts";
import { finishRun } from "./end-stream.ts";
import type { Walk } from "./ranges/range.ts";
import { findWalk } from "./ranges/store-walk.ts";
import { isUnleased } from "../../store/lease.ts";
import type { ClaimedStream } from "../runs/run.ts";
import { beginRun, type BegunRun } from "../runs/run-status.ts";
import { claimRunStream, endRunStream, type RunStream } from "../runs/run-streams.ts";
import { acquireLease, leasedStreams, type StreamLease } from "./stream-lease.ts";

export interface StreamClaim {
  readonly work: ClaimedStream;
  readonly lease: StreamLease;
  /** Parsed by the connector's schema before it is used; undefined: from the beginning. */
  readonly cursor: unknown;
  /** A walk over the past that has begun: it takes precedence over `cursor`. */
  readonly walk: Walk | undefined;
}

interface Candidate {
  readonly run_id: string;
  readonly stream: string;
  readonly source_id: string;
}

/**
 * Finds the due streams of the given sources without an active lease, oldest first. One per stream, however many runs
 * wait for it, so that neither a backlog of runs nor a source that no worker reads any more delays the others. The
 * streams of a canceled run are due even while its source is paused: they only have to be ended.
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
       left join stream_states existing on existing.source_id = due.source_id and existing.stream = due.stream
       where ${allows("due.status", STREAM, "claim")} and due.next_attempt_at <= now() and due.source_id = any($1)
         and ${isUnleased("existing")}
       order by due.source_id, due.stream, due.next_attempt_at, due.run_id
     ) as first
     order by next_attempt_at, run_id limit $2`,
    [sourceIds, limit],
  );
}

/**
 * Claims one due stream; undefined if another worker was faster or there is nothing left to read. A stream of a
 * canceled run that its worker abandoned, because it was killed or had postponed the stream, ends here.
 */
export async function claimStream(
  tx: Transaction,
  candidate: Candidate,
  owner: string,
): Promise<StreamClaim | undefined> {
  const acquired = await acquireLease(tx, candidate.source_id, candidate.stream, owner);
  if (acquired === undefined) return undefined;
  const runStream = { runId: candidate.run_id, stream: candidate.stream };
  const row = await claimRunStream(tx, runStream);
  const run = row && (await begin(tx, candidate));
  if (row === undefined || run === undefined) {
    await leasedStreams.release(tx, acquired.lease);
    if (row !== undefined) await cancelStream(tx, runStream, candidate.source_id);
    return undefined;
  }
  const work: ClaimedStream = {
    ...runStream,
    tenantId: tx.tenantId,
    sourceId: candidate.source_id,
    mode: run.mode,
    range: run.range_from === null || run.range_to === null ? undefined : { from: run.range_from, to: run.range_to },
  };
  return {
    work,
    lease: acquired.lease,
    walk: await findWalk(tx, work),
    // An incremental run continues from the stream's own cursor; the other modes keep a cursor of their own.
    cursor: run.mode === "INCREMENTAL" ? acquired.cursor : (row.cursor ?? undefined),
  };
}

/** Ends an open stream whose run must not be started because it was canceled. */
async function cancelStream(tx: Transaction, runStream: RunStream, sourceId: string): Promise<void> {
  await endRunStream(tx, runStream, "CANCELED", undefined);
  await appendEvents(tx, (await finishRun(tx, runStream.runId, sourceId)).events);
}

async function begin(
  tx: Transaction,
  { run_id: runId, source_id: sourceId }: Candidate,
): Promise<BegunRun | undefined> {
  const run = await beginRun(tx, runId);
  if (run?.first !== true) return run;
  await appendEvents(tx, [{ sourceId, body: { kind: "RunStarted", runId } }]);
  tx.report({ sentence: "run started", about: { sourceId, runId, mode: run.mode, trigger: run.trigger } });
  return run;
}
