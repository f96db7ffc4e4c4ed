import { appendEvents } from "../../events/append.ts";
import type { NewEvent } from "../../events/event.ts";
import type { Transaction } from "../../store/database.ts";
import { finishRun } from "./end-stream.ts";
import type { Walk } from "./ranges/range.ts";
import { findWalks } from "./ranges/store-walk.ts";
import type { ClaimedStream } from "../runs/run.ts";
import { type BegunRun, claimRunStreams, endRunStream, type RunStream } from "../runs/run-streams.ts";
import type { StartedSync } from "../runs/start-sync.ts";
import type { Source } from "../../sources/source.ts";
import { type AcquiredStream, acquireLeases, leasedStreams, type StreamLease } from "./stream-lease.ts";

export interface StreamClaim {
  readonly work: ClaimedStream;
  readonly lease: StreamLease;
  /** Parsed by the connector's schema before it is used; undefined: from the beginning. */
  readonly cursor: unknown;
  /** A walk over the past that has begun: it takes precedence over `cursor`. */
  readonly walk: Walk | undefined;
  /** True if the stream's part of the last run failed. */
  readonly hasFailed: boolean;
}

/**
 * Claims due streams of one source that no other worker has, and that are still to be read. A stream of a canceled run
 * that its worker abandoned, because it was killed or had postponed the stream, ends here.
 * @param due streams of the transaction's tenant and of one source, each once
 */
export async function claimStreams(
  tx: Transaction,
  source: Pick<Source, "id" | "connector">,
  due: readonly RunStream[],
  owner: string,
): Promise<readonly StreamClaim[]> {
  const names = due.map(({ stream }) => stream);
  const acquired = await acquireLeases(tx, source.id, names, owner);
  return acquired.size === 0 ? [] : claimLeased(tx, source, due, acquired);
}

/** Streams of a run that is about to start. */
export interface NewRunStreams {
  readonly source: Pick<Source, "id" | "connector">;
  /** Starts the run. */
  readonly start: () => Promise<StartedSync>;
  /** Names of streams of the run. */
  readonly streams: readonly string[];
}

/**
 * Starts a run and claims those of the given streams that no other worker has; the others wait for a search. The leases
 * come first, as in every transaction that locks both them and the source.
 */
export async function claimNewRun(
  tx: Transaction,
  { source, start, streams }: NewRunStreams,
  owner: string,
): Promise<readonly StreamClaim[]> {
  const [acquired, { runId }] = await Promise.all([acquireLeases(tx, source.id, streams, owner), start()]);
  if (acquired.size === 0) return [];
  const due = [...acquired.keys()].map((stream) => ({ runId, stream }));
  return claimLeased(tx, source, due, acquired);
}

async function claimLeased(
  tx: Transaction,
  { id: sourceId, connector }: Pick<Source, "id" | "connector">,
  due: readonly RunStream[],
  acquired: ReadonlyMap<string, AcquiredStream>,
): Promise<readonly StreamClaim[]> {
  const leased = due.filter(({ stream }) => acquired.has(stream));
  const open = await claimRunStreams(tx, leased);
  const works = leased.flatMap(({ stream }) => {
    const run = open.get(stream)?.run;
    return run === undefined ? [] : [workOf({ tenantId: tx.tenantId, sourceId, stream, run })];
  });
  const ranged = works.filter(({ stream }) => connector.streams.some((spec) => spec.name === stream && spec.ranged));
  const walks = ranged.length === 0 ? undefined : await findWalks(tx, sourceId, ranged);
  const taken = new Set(works.map(({ stream }) => stream));
  const begun = new Map([...open.values()].flatMap(({ run }) => (run === undefined ? [] : [[run.id, run] as const])));
  const events = reportStarts(tx, sourceId, [...begun.values()]);
  for (const { stream, runId } of leased.filter((each) => !taken.has(each.stream))) {
    const lease = acquired.get(stream)?.lease;
    if (lease !== undefined) await leasedStreams.release(tx, lease);
    if (open.has(stream)) events.push(...(await cancelStream(tx, { runId, stream }, sourceId)));
  }
  await appendEvents(tx, events, { last: true });
  return works.flatMap((work) => {
    const stream = acquired.get(work.stream);
    if (stream === undefined) return [];
    // An incremental run continues from the stream's own cursor; the other modes keep a cursor of their own.
    const cursor = work.mode === "INCREMENTAL" ? stream.cursor : open.get(work.stream)?.cursor;
    return [{ work, lease: stream.lease, walk: walks?.get(work.stream), cursor, hasFailed: stream.hasFailed }];
  });
}

interface WorkInput {
  readonly tenantId: string;
  readonly sourceId: string;
  readonly stream: string;
  readonly run: BegunRun;
}

function workOf({ tenantId, sourceId, stream, run }: WorkInput): ClaimedStream {
  const { id: runId, mode, range } = run;
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
