import type { FileArrival, ReadMessage } from "../../connector-api/messages.ts";
import { type Batch, type BatchLimits, createBatchQueue, type Found } from "../batches.ts";
import type { RangeCheckpoint, Range } from "./range.ts";
import type { RangeSet } from "./range-set.ts";

export interface ReadRangesOptions {
  readonly set: RangeSet;
  /** Reads a range from its cursor on; the signal ends it early. */
  readonly read: (range: Range, signal: AbortSignal) => AsyncIterable<ReadMessage<unknown>>;
  /** Takes a file in. What its reader says after it waits for that. */
  readonly takeFile: (file: FileArrival, signal: AbortSignal) => Promise<void>;
  readonly limits: BatchLimits;
  readonly maxReaders: number;
  readonly signal: AbortSignal;
}

/**
 * Reads all ranges of a set, several at a time, and gives what they hold in batches. One reader begins; another joins
 * whenever whoever takes the batches has to wait for one, so that there are as many as the upstream is slow, and none
 * too many where it is not what holds the stream up.
 * @throws what a reader threw, once the others have come to a checkpoint and all of it was taken
 */
export async function* readRanges(options: ReadRangesOptions): AsyncGenerator<Batch<RangeCheckpoint>, void> {
  const { set, read, takeFile, limits, maxReaders } = options;
  const leaving = new AbortController();
  const signal = AbortSignal.any([options.signal, leaving.signal]);
  const readers = new Set<Promise<void>>();
  let wanted = 1;
  let failure: { readonly reason: unknown } | undefined;
  const queue = createBatchQueue<RangeCheckpoint>({
    ...limits,
    onStarved() {
      wanted = Math.min(maxReaders, wanted + 1);
      employ();
    },
  });

  /** Sees to it that as many readers read as are wanted and have something to read. */
  function employ(): void {
    while (failure === undefined && !signal.aborted && readers.size < wanted) {
      const range = set.take();
      if (range === undefined) break;
      const reader = readRange(range)
        .catch((reason: unknown) => void (failure ??= { reason }))
        .finally(() => {
          readers.delete(reader);
          employ();
        });
      readers.add(reader);
    }
    if (readers.size === 0) queue.end(failure?.reason);
  }

  async function readRange(range: Range): Promise<void> {
    let open: Found[] = [];
    let found = false;
    const hand = async (checkpoint: RangeCheckpoint | undefined): Promise<void> => {
      const messages = open;
      open = [];
      await queue.put(messages, checkpoint);
    };
    for await (const message of read(range, signal)) {
      if (signal.aborted) return;
      if (message.type === "checkpoint") {
        const checkpoint = set.note(range.id, message, found);
        await hand(checkpoint);
        if (checkpoint.status !== "OPEN" || failure !== undefined) return;
        employ(); // what is left may be worth a further reader, now that the pace is known
      } else if (message.type === "file") {
        found = true;
        await takeFile(message, signal);
      } else {
        found = true;
        if (open.push(message) >= limits.maxMessages) await hand(undefined);
      }
    }
    const end = set.end(range.id, found);
    if (open.length > 0 || end !== undefined) await hand(end);
  }

  try {
    employ();
    yield* queue;
    options.signal.throwIfAborted(); // readers that are told to end leave without a word
  } finally {
    leaving.abort(); // nothing of the readers outlives us
    await Promise.all(readers);
  }
}
