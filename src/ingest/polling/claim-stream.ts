import { appendEvents } from "../../events/append.ts";
import type { NewEvent } from "../../events/event.ts";
import type { Transaction } from "../../store/database.ts";
import { finishRun } from "./end-stream.ts";
import type { DueStream } from "./find-due-streams.ts";
import type { Walk } from "./ranges/range.ts";
import { findWalks } from "./ranges/store-walk.ts";
import type { ClaimedStream } from "../runs/run.ts";
import { beginRuns, type BegunRun } from "../runs/run-status.ts";
import { claimRunStreams, endRunStream, type RunStream } from "../runs/run-streams.ts";
import { acquireLeases, leasedStreams, type StreamLease } from "./stream-lease.ts";

export interface StreamClaim {
  readonly work: ClaimedStream;
  readonly lease: StreamLease;
  /** Parsed by the connector's schema before it is used; undefined: from the beginning. */
  readonly cursor: unknown;
  /** A walk over the past that has begun: it takes precedence over `cursor`. */
  readonly walk: Walk | undefined;
}

/**
 * Claims due streams of one source that no other worker has, and that are still to be read. A stream of a canceled run
 * that its worker abandoned, because it was killed or had postponed the stream, ends here.
 * @param due streams of the transaction's tenant and of one source, each once
 */
export async function claimStreams(
  tx: Transaction,
  sourceId: string,
  due: readonly DueStream[],
  owner: string,
): Promise<readonly StreamClaim[]> {
  const names = due.map(({ stream }) => stream);
  const acquired = await acquireLeases(tx, sourceId, names, owner);
  if (acquired.size === 0) return [];
  const leased = due.filter(({ stream }) => acquired.has(stream));
  const open = await claimRunStreams(tx, leased);
  const runIds = [...new Set(leased.filter(({ stream }) => open.has(stream)).map(({ runId }) => runId))];
  const begun = runIds.length === 0 ? [] : await beginRuns(tx, runIds);
  const runs = new Map(begun.map((run) => [run.id, run]));
  const works = leased.flatMap(({ stream, runId }) => {
    const run = open.has(stream) ? runs.get(runId) : undefined;
    return run === undefined ? [] : [workOf({ tenantId: tx.tenantId, sourceId, stream, run })];
  });
  const walks = works.length === 0 ? undefined : await findWalks(tx, sourceId, works);
  const taken = new Set(works.map(({ stream }) => stream));
  const events = reportStarts(tx, sourceId, begun);
  for (const { stream, runId } of leased.filter((each) => !taken.has(each.stream))) {
    const lease = acquired.get(stream)?.lease;
    if (lease !== undefined) await leasedStreams.release(tx, lease);
    if (open.has(stream)) events.push(...(await cancelStream(tx, { runId, stream }, sourceId)));
  }
  await appendEvents(tx, events);
  return works.flatMap((work) => {
    const stream = acquired.get(work.stream);
    if (stream === undefined) return [];
    // An incremental run continues from the stream's own cursor; the other modes keep a cursor of their own.
    const cursor = work.mode === "INCREMENTAL" ? stream.cursor : open.get(work.stream)?.cursor;
    return [{ work, lease: stream.lease, walk: walks?.get(work.stream), cursor }];
  });
}

interface WorkInput {
  readonly tenantId: string;
  readonly sourceId: string;
  readonly stream: string;
  readonly run: BegunRun;
}

function workOf({ tenantId, sourceId, stream, run }: WorkInput): ClaimedStream {
  const { id: runId, mode, range_from: from, range_to: to } = run;
  const range = from === null || to === null ? undefined : { from, to };
  return { runId, stream, tenantId, sourceId, mode, range };
}

/** Ends an open stream whose run must not be started because it was canceled. */
async function cancelStream(tx: Transaction, runStream: RunStream, sourceId: string): Promise<readonly NewEvent[]> {
  await endRunStream(tx, runStream, "CANCELED", undefined);
  return (await finishRun(tx, runStream.runId, sourceId)).events;
}

/** Reports the runs that begin with these claims, and returns their events. */
function reportStarts(tx: Transaction, sourceId: string, begun: readonly BegunRun[]): NewEvent[] {
  return begun
    .filter(({ first }) => first)
    .map(({ id: runId, mode, trigger }) => {
      tx.report({ sentence: "run started", about: { sourceId, runId, mode, trigger } });
      return { sourceId, body: { kind: "RunStarted", runId } };
    });
}
