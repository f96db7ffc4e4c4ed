import type { FileArrival, ReadMessage } from "../../../connector-api/messages.ts";
import { tracePages } from "../../../runtime/trace-pages.ts";
import type { SpanOptions } from "../../../runtime/tracing.ts";
import { type BatchLimits, createBatchQueue, type Found, type TakenBatch } from "./batches.ts";
import type { RangeCheckpoint, Range } from "./range.ts";
import type { RangeSet } from "./range-set.ts";

export interface ReadRangesOptions {
  readonly set: RangeSet;
  /** Reads a range from its cursor on; the signal ends it early. */
  readonly read: (range: Range, signal: AbortSignal) => AsyncIterable<ReadMessage<unknown>>;
  /** Receives a file. The reader's messages after it wait for that. */
  readonly takeFile: (file: FileArrival, signal: AbortSignal) => Promise<void>;
  readonly limits: BatchLimits;
  /** Span of each page. */
  readonly pageSpan: () => SpanOptions;
  readonly maxReaders: number;
  readonly signal: AbortSignal;
}

/**
 * Reads all ranges of a set, several at a time, and yields their content in batches. One reader begins; another one
 * joins whenever the consumer of the batches has to wait for one, so that the number of readers follows the slowness of
 * the upstream, and is not too high if the upstream is not the bottleneck.
 * @throws the error of a reader, once the others have reached a checkpoint and all their messages were consumed
 */
export async function* readRanges(options: ReadRangesOptions): AsyncGenerator<TakenBatch<RangeCheckpoint>, void> {
  const { set, read, takeFile, limits, maxReaders, pageSpan } = options;
  const leaving = new AbortController();
  const signal = AbortSignal.any([options.signal, leaving.signal]);
  const readers = new Set<Promise<void>>();
  let targetReaders = 1;
  let failure: { readonly reason: unknown } | undefined;
  const queue = createBatchQueue<RangeCheckpoint>({
    ...limits,
    onStarved() {
      targetReaders = Math.min(maxReaders, targetReaders + 1);
      employ();
    },
  });

  /** Starts readers until the wanted number is active or no range is left to read. */
  function employ(): void {
    while (failure === undefined && !signal.aborted && readers.size < targetReaders) {
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
      await queue.put(messages, checkpoint, pages.traceparent());
    };
    const pages = tracePages(read(range, signal), pageSpan, ({ type }) => type === "checkpoint");
    for await (const message of pages.messages) {
      if (signal.aborted) return;
      if (message.type === "checkpoint") {
        const checkpoint = set.note(range.id, message, found);
        await hand(checkpoint);
        if (checkpoint.status !== "OPEN" || failure !== undefined) return;
        employ(); // the remaining part may be worth a further reader, now that the pace is known
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
    options.signal.throwIfAborted(); // readers that are ended by the signal return without an error
  } finally {
    leaving.abort(); // no reader outlives this generator
    await Promise.all(readers);
  }
}
