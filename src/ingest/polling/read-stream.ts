import type { UpstreamClient } from "../../connector-api/client.ts";
import type { FileArrival, ReadMessage } from "../../connector-api/messages.ts";
import { type SpanOptions, traced } from "../../runtime/tracing.ts";
import type { Database } from "../../store/database.ts";
import type { Source } from "../../sources/source.ts";
import type { StreamClaim } from "./claim-stream.ts";
import { commitBatch } from "./commit-batch.ts";
import { openWalk } from "./open-walk.ts";
import type { Range } from "./ranges/range.ts";
import type { RangeSet } from "./ranges/range-set.ts";
import { readRanges } from "./ranges/read-ranges.ts";

export interface ReadStreamOptions {
  readonly db: Database;
  /** Database for the batches. */
  readonly batchDb: Database;
  readonly source: Source;
  readonly claim: StreamClaim;
  readonly nowMs: () => number;
  /** Called when a checkpoint was committed. */
  readonly onCheckpoint: () => void;
  /** Called when conflicts were written: the refetcher has work. */
  readonly onRefetchNeeded: () => void;
  /** Undefined: no files are expected, and a received file is our bug. */
  readonly takeFile: TakeFile | undefined;
  readonly signal: AbortSignal;
}

/**
 * Receives a file from a source's upstream; resolves once it is stored, regardless of its content, and rejects promptly
 * when the signal is aborted.
 */
export type TakeFile = (source: Source, file: Omit<FileArrival, "type">, signal: AbortSignal) => Promise<void>;

/** Large enough to make a commit's fixed cost negligible, small enough to commit a batch in well under a second. */
const LIMITS = { maxMessages: 1_500, maxAhead: 12 } as const;
/** Maximum concurrent readers of one stream: each has some pages in memory. */
const MAX_READERS = 8;
/** Minimum time between progress events of a run to subscribers, per stream. */
const ANNOUNCE_MS = 250;

/** The range in which a walk began; all other ranges are split from it. */
const NEWEST = 0;

/** Changes during a walk shorter than this are left to the next poll. */
const LONG_WALK_MS = 60_000;

/**
 * Reads a claimed stream to its end. A walk over the past shows each object in its state at the time of reading: if the
 * walk took long, or was begun by another attempt, the changes since it began are read too, so that a consumer of the
 * end event may rely on it.
 * @returns true if the end of the stream was committed with its last batch
 * @throws ServiceError the error that stopped it; earlier commits remain
 */
export async function readStream(options: ReadStreamOptions): Promise<boolean> {
  const { claim, nowMs } = options;
  const startedAtMs = nowMs();
  const { next, isEnded } = await readOnce(options);
  const isLong = claim.walk !== undefined || nowMs() - startedAtMs > LONG_WALK_MS;
  if (next === undefined || !isLong || claim.work.mode === "RANGE") return isEnded;
  return (await readOnce({ ...options, claim: { ...claim, walk: undefined, cursor: next } })).isEnded;
}

interface ReadOnce {
  /** Cursor at which to continue after a walk over the past; undefined after any other read. */
  readonly next: unknown;
  /** True if the end of the stream was committed with the last batch. */
  readonly isEnded: boolean;
}

/**
 * Reads batch by batch, each committed with the checkpoints that cover it. If the last one is known as such in time, and
 * was no part of a walk, its transaction also ends the stream: most polls of a small source are one batch.
 */
async function readOnce(options: ReadStreamOptions): Promise<ReadOnce> {
  const { batchDb, source, claim, signal } = options;
  const { work } = claim;
  const set = await openWalk(options);
  const found = readRanges({
    set,
    read: (range, rangeSignal) => readRange({ ...options, set, range, signal: rangeSignal }),
    async takeFile({ name, bytes }, fileSignal) {
      if (options.takeFile === undefined) throw new TypeError(`${source.id}: no function to store files was given`);
      await options.takeFile(source, { name, bytes }, fileSignal);
    },
    limits: LIMITS,
    pageSpan: () => spanOf("read page", options),
    maxReaders: Math.min(MAX_READERS, source.connector.budget(source.config).maxConcurrent ?? MAX_READERS),
    signal,
  });
  let announcedAtMs = 0;
  let next: unknown;
  for await (const batch of found) {
    signal.throwIfAborted();
    const announce = options.nowMs() - announcedAtMs >= ANNOUNCE_MS;
    const position = set.commit(batch.checkpoints);
    const isEnd = batch.isLast && !set.isWalk();
    const { refetches } = await traced(
      () => ({ ...spanOf("commit page", options), causes: batch.traceparents }),
      () =>
        batchDb.transaction(work.tenantId, (tx) =>
          commitBatch(tx, { claim, source, batch, position, announce, isEnd }),
        ),
    );
    if (batch.checkpoints.length > 0) options.onCheckpoint();
    if (announce) announcedAtMs = options.nowMs();
    if (refetches > 0) options.onRefetchNeeded();
    if (isEnd) return { next: undefined, isEnded: true };
    if (position.isOver) next = position.cursor;
  }
  return { next, isEnded: false };
}

function spanOf(name: string, { source, claim: { work } }: ReadStreamOptions): SpanOptions {
  return {
    name,
    causes: [],
    attributes: {
      "sluice.source.id": source.id,
      "sluice.connector": source.connector.name,
      "sluice.stream": work.stream,
      "sluice.run.id": work.runId,
      "sluice.run.mode": work.mode,
    },
  };
}

interface ReadRangeInput extends ReadStreamOptions {
  readonly set: RangeSet;
  readonly range: Range;
}

function readRange(input: ReadRangeInput): AsyncIterable<ReadMessage<unknown>> {
  const { source, claim, nowMs, signal } = input;
  const { fromMs, toMs, cursor } = input.range;
  return source.connector.read({
    config: source.config,
    client: clientOf(input),
    stream: claim.work.stream,
    cursor,
    range: fromMs === undefined && toMs === undefined ? undefined : { from: timeOf(fromMs), to: timeOf(toMs) },
    ...(input.range.id !== NEWEST && { isPart: true as const }),
    nowMs: nowMs(),
    signal,
  });
}

/**
 * A read of changes may turn out to be a walk, if the upstream no longer knows the cursor: from then on it has low
 * urgency.
 */
function clientOf({ source, claim, set, range }: ReadRangeInput): UpstreamClient {
  const [incremental, backfill] = [source.client("incremental"), source.client("backfill")];
  const isChange = claim.work.mode === "INCREMENTAL" && range.cursor !== undefined;
  const of = ({ isBackfill }: { readonly isBackfill?: true }): UpstreamClient =>
    isChange && !set.isWalk() && isBackfill !== true ? incremental : backfill;
  return {
    send: (request, signal) => of(request).send(request, signal),
    call: (call, signal) => of(call).call(call, signal),
    follow: (stream, signal) => of(stream).follow(stream, signal),
  };
}

const timeOf = (timeMs: number | undefined) => (timeMs === undefined ? undefined : new Date(timeMs).toISOString());
