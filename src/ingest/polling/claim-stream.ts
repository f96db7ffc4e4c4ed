import { appendEvents } from "../../events/append.ts";
import type { Transaction } from "../../store/database.ts";
import { finishRun } from "./end-stream.ts";
import type { DueStream } from "./find-due-streams.ts";
import type { Walk } from "./ranges/range.ts";
import { findWalk } from "./ranges/store-walk.ts";
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

/**
 * Claims due streams of one source that no other worker has, and that are still to be read.
 * @param due streams of the transaction's tenant
 */
export async function claimStreams(
  tx: Transaction,
  due: readonly DueStream[],
  owner: string,
): Promise<readonly StreamClaim[]> {
  const claims: StreamClaim[] = [];
  // In one order in all processes, so that two of them never wait for each other.
  for (const each of due.toSorted((a, b) => (a.stream < b.stream ? -1 : 1))) {
    const claim = await claimStream(tx, each, owner);
    if (claim !== undefined) claims.push(claim);
  }
  return claims;
}

/**
 * Claims one due stream; undefined if another worker was faster or there is nothing left to read. A stream of a
 * canceled run that its worker abandoned, because it was killed or had postponed the stream, ends here.
 */
async function claimStream(
  tx: Transaction,
  { sourceId, runId, stream }: DueStream,
  owner: string,
): Promise<StreamClaim | undefined> {
  const acquired = await acquireLease(tx, sourceId, stream, owner);
  if (acquired === undefined) return undefined;
  const runStream = { runId, stream };
  const row = await claimRunStream(tx, runStream);
  const run = row && (await begin(tx, sourceId, runId));
  if (row === undefined || run === undefined) {
    await leasedStreams.release(tx, acquired.lease);
    if (row !== undefined) await cancelStream(tx, runStream, sourceId);
    return undefined;
  }
  const work: ClaimedStream = {
    ...runStream,
    tenantId: tx.tenantId,
    sourceId,
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

async function begin(tx: Transaction, sourceId: string, runId: string): Promise<BegunRun | undefined> {
  const run = await beginRun(tx, runId);
  if (run?.first !== true) return run;
  await appendEvents(tx, [{ sourceId, body: { kind: "RunStarted", runId } }]);
  tx.report({ sentence: "run started", about: { sourceId, runId, mode: run.mode, trigger: run.trigger } });
  return run;
}
