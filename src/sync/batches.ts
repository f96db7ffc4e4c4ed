import type { HintMessage, ListedEventMessage, ObjectMessage } from "../connector-api/messages.ts";
import type { EncodedPayloads } from "../apply/applicable.ts";
import { encodePayloads } from "../apply/encode-payloads.ts";

/** What a reader finds between two checkpoints. */
export type Found = ObjectMessage | HintMessage | ListedEventMessage;

/** What is committed together. */
export interface Batch<Checkpoint> {
  readonly messages: readonly (ObjectMessage | HintMessage)[];
  readonly listed: readonly ListedEventMessage[];
  /** In order. Each covers what its reader has put before it, also messages of earlier batches. */
  readonly checkpoints: readonly Checkpoint[];
  readonly payloads: EncodedPayloads;
}

export interface BatchLimits {
  /** Batches are merged up to this size. */
  readonly maxMessages: number;
  /** Batches that may wait for the committer; beyond it the readers wait. */
  readonly maxAhead: number;
}

/** Stands between the readers of a stream and the one that commits what they find. */
export interface BatchQueue<Checkpoint> extends AsyncIterable<Batch<Checkpoint>> {
  /** Hands over what was read since the last call. Resolves when there is room for more, or nobody takes it any more. */
  put(found: readonly Found[], checkpoint: Checkpoint | undefined): Promise<void>;
  /** Nothing more will come. An error is thrown to the committer, after all that was put. */
  end(error?: unknown): void;
}

export interface BatchQueueOptions extends BatchLimits {
  /** The committer has to wait: reading is what holds the stream up. */
  readonly onStarved: () => void;
}

/**
 * Lets the upstream answer, payloads be compressed and batches be committed at the same time, and merges whatever has
 * piled up meanwhile into one batch. For one committer.
 */
export function createBatchQueue<Checkpoint>(options: BatchQueueOptions): BatchQueue<Checkpoint> {
  const { maxMessages, maxAhead, onStarved } = options;
  const waiting: Promise<Batch<Checkpoint>>[] = [];
  const filled = createPulse();
  const emptied = createPulse();
  let ended: { readonly error: unknown } | undefined;
  let isAbandoned = false;

  async function* take(): AsyncGenerator<Batch<Checkpoint>, void> {
    try {
      for (;;) {
        while (waiting.length === 0 && ended === undefined) {
          const more = filled.wait(); // before the readers hear of it: they may put something at once
          onStarved();
          await more;
        }
        if (waiting.length === 0) break;
        const taken = await takeMerged(waiting, maxMessages);
        emptied.fire();
        yield taken;
      }
      if (ended?.error !== undefined) throw ended.error;
    } finally {
      isAbandoned = true;
      emptied.fire();
    }
  }

  return {
    async put(found, checkpoint) {
      const batch = encode(found, checkpoint === undefined ? [] : [checkpoint]);
      batch.catch(() => undefined); // awaited by the committer; until then it must not count as unhandled
      waiting.push(batch);
      filled.fire();
      while (waiting.length >= maxAhead && !isAbandoned) await emptied.wait();
    },
    end(error) {
      ended = { error };
      filled.fire();
    },
    [Symbol.asyncIterator]: take,
  };
}

/** Wakes all that wait, each time it fires. */
function createPulse(): { wait(): Promise<void>; fire(): void } {
  let next = Promise.withResolvers<void>();
  return {
    wait: () => next.promise,
    fire() {
      next.resolve();
      next = Promise.withResolvers();
    },
  };
}

async function encode<Checkpoint>(
  found: readonly Found[],
  checkpoints: readonly Checkpoint[],
): Promise<Batch<Checkpoint>> {
  const messages = found.filter((message) => message.type !== "listedEvent");
  const listed = found.filter((message) => message.type === "listedEvent");
  const payloads = await encodePayloads(messages.map((message) => ({ message, deliveryId: undefined })));
  return { messages, listed, checkpoints, payloads };
}

async function takeMerged<Checkpoint>(
  waiting: Promise<Batch<Checkpoint>>[],
  maxMessages: number,
): Promise<Batch<Checkpoint>> {
  const taken: Batch<Checkpoint>[] = [];
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
    checkpoints: taken.flatMap(({ checkpoints }) => checkpoints),
    payloads: new Map(taken.flatMap(({ payloads }) => [...payloads])),
  };
}
