import type { UpstreamClient } from "../connector-api/client.ts";
import type { FileArrival, ReadMessage } from "../connector-api/messages.ts";
import { ServiceError } from "../domain/error.ts";
import type { Database } from "../store/database.ts";
import type { Source } from "../upstream/source.ts";
import type { Claim } from "./claim-stream.ts";
import { commitBatch } from "./commit-batch.ts";
import { openWalk } from "./ranges/open-walk.ts";
import type { Range } from "./ranges/range.ts";
import type { RangeSet } from "./ranges/range-set.ts";
import { readRanges } from "./ranges/read-ranges.ts";

export interface ReadStreamOptions {
  readonly db: Database;
  readonly source: Source;
  readonly claim: Claim;
  readonly nowMs: () => number;
  /** Doubts were written: whoever fetches objects again has work. */
  readonly onDoubts: () => void;
  /** Undefined: no files are expected, and one that comes is our bug. */
  readonly takeFile: TakeFile | undefined;
  readonly signal: AbortSignal;
}

/**
 * Takes in a file that a source's upstream gave; resolves once it is kept, whatever it turned out to be, and rejects
 * promptly when the signal is aborted.
 */
export type TakeFile = (source: Source, file: Omit<FileArrival, "type">, signal: AbortSignal) => Promise<void>;

/** Large enough that a commit's fixed cost does not show, small enough that a batch commits in well under a second. */
const LIMITS = { maxMessages: 1_500, maxAhead: 12 } as const;
/** Readers of one stream at a time: with each some pages are in memory. */
const MAX_READERS = 8;
/** Subscribers see a run move this often at most, per stream. */
const ANNOUNCE_MS = 250;

/** Changes of a shorter time than this are left to the next poll. */
const LONG_WALK_MS = 60_000;

/**
 * Reads a claimed stream to its end. A walk over the past shows objects as they were when it came by: once it has taken
 * long, or was begun by another try, whatever changed since it began is read too, so that who hears of the end may rely on it.
 * @throws ServiceError whatever stopped it; what was committed before stands
 */
export async function readStream(options: ReadStreamOptions): Promise<void> {
  const { claim, nowMs } = options;
  const startedAtMs = nowMs();
  const next = await readOnce(options);
  const isLong = claim.walk !== undefined || nowMs() - startedAtMs > LONG_WALK_MS;
  if (next === undefined || !isLong || claim.work.mode === "RANGE") return;
  await readOnce({ ...options, claim: { ...claim, walk: undefined, cursor: next } });
}

/**
 * Reads batch by batch, each committed with the checkpoints that cover it.
 * @returns after a walk over the past the cursor at which to go on; undefined after any other read
 */
async function readOnce(options: ReadStreamOptions): Promise<unknown> {
  const { db, source, claim, signal } = options;
  const { work, lease } = claim;
  const set = await openWalk(options);
  const found = readRanges({
    set,
    read: (range, rangeSignal) => readRange({ ...options, set, range, signal: rangeSignal }),
    async takeFile({ name, bytes }, fileSignal) {
      if (options.takeFile === undefined) throw new TypeError(`${source.id}: nobody takes files`);
      await options.takeFile(source, { name, bytes }, fileSignal);
    },
    limits: LIMITS,
    maxReaders: Math.min(MAX_READERS, source.connector.budget(source.config).maxConcurrent ?? MAX_READERS),
    signal,
  });
  let announcedAtMs = 0;
  let next: unknown;
  for await (const batch of found) {
    signal.throwIfAborted();
    const announce = options.nowMs() - announcedAtMs >= ANNOUNCE_MS;
    const position = set.commit(batch.checkpoints);
    const { doubts } = await db.transaction(work.tenantId, (tx) =>
      commitBatch(tx, { work, lease, source, batch, position, announce }),
    );
    if (announce) announcedAtMs = options.nowMs();
    if (doubts > 0) options.onDoubts();
    if (position.isOver) next = position.cursor;
  }
  return next;
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
    nowMs: nowMs(),
    signal,
  });
}

/** What should show what changed may turn out to be a walk, where the upstream no longer knows: from then on it is no hurry. */
function clientOf({ source, claim, set, range }: ReadRangeInput): UpstreamClient {
  const [hurried, patient] = [source.client("incremental"), source.client("backfill")];
  const isChange = claim.work.mode === "INCREMENTAL" && range.cursor !== undefined;
  return { send: (request, signal) => (isChange && !set.isWalk() ? hurried : patient).send(request, signal) };
}

const timeOf = (timeMs: number | undefined) => (timeMs === undefined ? undefined : new Date(timeMs).toISOString());

/** What aborting signals throw, as the error that they stand for. */
export function abortReason(signal: AbortSignal): ServiceError {
  return signal.reason instanceof ServiceError
    ? signal.reason
    : new ServiceError("CANCELED", "the work was stopped", { cause: signal.reason });
}
