import { setImmediate as nextTurn } from "node:timers/promises";
import type {
  HintMessage,
  ListedEventMessage,
  ObjectMessage,
  PayoutLinesMessage,
} from "../../../connector-api/messages.ts";
import type { EncodedPayloads } from "../../apply/applicable.ts";
import { type Condition, isCondition } from "../../apply/report-conditions.ts";
import { encodePayloads } from "../../apply/encode-payloads.ts";
import { createNotifier } from "../../../runtime/notifier.ts";

/** A message that a reader emits between two checkpoints. */
export type Found = ObjectMessage | HintMessage | ListedEventMessage | PayoutLinesMessage | Condition;

/** Messages and checkpoints that are committed together. */
export interface MessageBatch<Checkpoint> {
  readonly messages: readonly (ObjectMessage | HintMessage)[];
  readonly listed: readonly ListedEventMessage[];
  readonly payoutLines: readonly PayoutLinesMessage[];
  readonly conditions: readonly Condition[];
  /**
   * Checkpoints in order. Each covers the messages that its reader has put before it, including messages of earlier
   * batches.
   */
  readonly checkpoints: readonly Checkpoint[];
  readonly payloads: EncodedPayloads;
  /** Traces of the pages that it was read from. */
  readonly traceparents: readonly string[];
}

/** A batch that its committer has taken out of the queue. */
export interface TakenBatch<Checkpoint> extends MessageBatch<Checkpoint> {
  /** True if all readers have ended without an error and nothing follows. False does not exclude that it is the last. */
  readonly isLast: boolean;
}

export interface BatchLimits {
  /** Maximum size up to which batches are merged. */
  readonly maxMessages: number;
  /** Maximum batches that may wait for the committer; beyond it the readers wait. */
  readonly maxAhead: number;
}

/** Queue between the readers of a stream and the committer of their messages. */
export interface BatchQueue<Checkpoint> extends AsyncIterable<TakenBatch<Checkpoint>> {
  /**
   * Adds the messages read since the last call, with the trace of their page. Resolves when there is room for more, or
   * when the consumer has ended.
   */
  put(found: readonly Found[], checkpoint: Checkpoint | undefined, traceparent?: string): Promise<void>;
  /** Ends the queue. An error is thrown to the committer, after all queued messages. */
  end(error?: unknown): void;
}

export interface BatchQueueOptions extends BatchLimits {
  /** Called when the committer has to wait: reading is the bottleneck of the stream. */
  readonly onStarved: () => void;
}

/**
 * Creates a queue that lets the upstream respond, payloads be compressed and batches be committed at the same time, and
 * merges the batches that queue up meanwhile into one. For one committer.
 */
export function createBatchQueue<Checkpoint>(options: BatchQueueOptions): BatchQueue<Checkpoint> {
  const { maxMessages, maxAhead, onStarved } = options;
  const waiting: Promise<MessageBatch<Checkpoint>>[] = [];
  const filled = createNotifier();
  const emptied = createNotifier();
  let ended: { readonly error: unknown } | undefined;
  let isAbandoned = false;

  async function* take(): AsyncGenerator<TakenBatch<Checkpoint>, void> {
    try {
      for (;;) {
        while (waiting.length === 0 && ended === undefined) {
          const count = filled.count(); // before the readers are notified: they may put messages at once
          onStarved();
          await filled.wait(count);
        }
        await nextTurn(); // until then the readers put everything for which they do not wait for the upstream
        if (waiting.length === 0) break;
        const taken = await takeMerged(waiting, maxMessages);
        emptied.fire();
        yield { ...taken, isLast: waiting.length === 0 && ended !== undefined && ended.error === undefined };
      }
      if (ended?.error !== undefined) throw ended.error;
    } finally {
      isAbandoned = true;
      emptied.fire();
    }
  }

  return {
    async put(found, checkpoint, traceparent) {
      const traceparents = traceparent === undefined ? [] : [traceparent];
      const batch = encode(found, checkpoint === undefined ? [] : [checkpoint], traceparents);
      batch.catch(() => undefined); // awaited by the committer; until then it must not count as unhandled
      waiting.push(batch);
      filled.fire();
      while (waiting.length >= maxAhead && !isAbandoned) await emptied.wait(emptied.count());
    },
    end(error) {
      ended = { error };
      filled.fire();
    },
    [Symbol.asyncIterator]: take,
  };
}

async function encode<Checkpoint>(
  found: readonly Found[],
  checkpoints: readonly Checkpoint[],
  traceparents: readonly string[],
): Promise<MessageBatch<Checkpoint>> {
  const messages = found.filter(isOfObject);
  const listed = found.filter((message) => message.type === "listedEvent");
  const payoutLines = found.filter((message) => message.type === "payoutLines");
  const conditions = found.filter(isCondition);
  const payloads = await encodePayloads(messages.map((message) => ({ message, deliveryId: undefined })));
  return { messages, listed, payoutLines, conditions, checkpoints, payloads, traceparents };
}

function isOfObject(message: Found): message is ObjectMessage | HintMessage {
  return message.type !== "listedEvent" && message.type !== "payoutLines" && !isCondition(message);
}

async function takeMerged<Checkpoint>(
  waiting: Promise<MessageBatch<Checkpoint>>[],
  maxMessages: number,
): Promise<MessageBatch<Checkpoint>> {
  const taken: MessageBatch<Checkpoint>[] = [];
  let size = 0;
  for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
    const more = await next;
    const moreSize = more.messages.length + more.listed.length;
    if (taken.length > 0 && size + moreSize > maxMessages) break;
    void waiting.shift(); // it is `next`, awaited above
    taken.push(more);
    size += moreSize;
  }
  return {
    messages: taken.flatMap(({ messages }) => messages),
    listed: taken.flatMap(({ listed }) => listed),
    payoutLines: taken.flatMap(({ payoutLines }) => payoutLines),
    conditions: taken.flatMap(({ conditions }) => conditions),
    checkpoints: taken.flatMap(({ checkpoints }) => checkpoints),
    payloads: new Map(taken.flatMap(({ payloads }) => [...payloads])),
    traceparents: taken.flatMap(({ traceparents }) => traceparents),
  };
}
