import type { HintMessage, ObjectMessage, ReadMessage } from "../connector-api/messages.ts";
import type { EncodedPayloads } from "../apply/applicable.ts";
import { encodePayloads } from "../apply/encode-payloads.ts";

/** What is committed together. */
export interface Batch<Cursor> {
  readonly messages: readonly (ObjectMessage | HintMessage)[];
  /** The last checkpoint that covers all the messages; undefined when there is none behind them yet. */
  readonly cursor: Cursor | undefined;
  readonly progress: number | undefined;
  readonly payloads: EncodedPayloads;
}

export interface BatchLimits {
  /** A batch is closed at the first checkpoint, and without one when it is this long. */
  readonly maxMessages: number;
  /** Closed batches that may wait for the consumer; beyond it the reading waits. */
  readonly maxAhead: number;
}

type Closed<Cursor> = Promise<Batch<Cursor>>;

/**
 * Reads ahead of its consumer, so that the upstream answers, payloads are compressed and batches are committed at the
 * same time, and merges whatever has piled up meanwhile into one batch of at most `maxMessages`.
 */
export async function* batches<Cursor>(
  messages: AsyncIterable<ReadMessage<Cursor>>,
  limits: BatchLimits,
): AsyncGenerator<Batch<Cursor>, void, undefined> {
  const closed: Closed<Cursor>[] = [];
  let wake = Promise.withResolvers<void>();
  let room = Promise.withResolvers<void>();
  let ended: { readonly error: unknown } | "done" | undefined;
  let abandoned = false;

  async function produce(): Promise<void> {
    let open: (ObjectMessage | HintMessage)[] = [];
    const close = async (cursor: Cursor | undefined, progress: number | undefined) => {
      const batch = closeBatch(open, cursor, progress);
      batch.catch(() => undefined); // awaited by the consumer; until then it must not count as unhandled
      closed.push(batch);
      open = [];
      wake.resolve();
      while (closed.length >= limits.maxAhead && !abandoned) {
        room = Promise.withResolvers<void>();
        await room.promise;
      }
    };
    for await (const message of messages) {
      if (abandoned) return;
      if (message.type === "checkpoint") await close(message.cursor, message.progress);
      else if (open.push(message) >= limits.maxMessages) await close(undefined, undefined);
    }
    if (open.length > 0) await close(undefined, undefined);
  }

  const producing = produce().then(
    () => void (ended = "done"),
    (error: unknown) => void (ended = { error }),
  );
  void producing.then(() => wake.resolve());
  try {
    for (;;) {
      while (closed.length === 0 && ended === undefined) {
        await wake.promise;
        wake = Promise.withResolvers<void>();
      }
      if (closed.length > 0) {
        const taken = await take(closed, limits.maxMessages);
        room.resolve();
        yield taken;
      } else if (ended === "done") return;
      else if (ended !== undefined) throw ended.error;
    }
  } finally {
    abandoned = true;
    room.resolve();
    await producing; // the reader is told to end by its signal; nothing of it outlives us
  }
}

async function closeBatch<Cursor>(
  messages: readonly (ObjectMessage | HintMessage)[],
  cursor: Cursor | undefined,
  progress: number | undefined,
): Promise<Batch<Cursor>> {
  const payloads = await encodePayloads(messages.map((message) => ({ message, deliveryId: undefined })));
  return { messages, cursor, progress, payloads };
}

async function take<Cursor>(closed: Closed<Cursor>[], maxMessages: number): Promise<Batch<Cursor>> {
  const first = closed.shift();
  if (first === undefined) throw new TypeError("take needs a closed batch");
  let merged = await first;
  for (let next = closed[0]; next !== undefined; next = closed[0]) {
    const more = await next;
    if (merged.messages.length + more.messages.length > maxMessages) break;
    void closed.shift(); // it is `next`, awaited above
    merged = {
      messages: [...merged.messages, ...more.messages],
      cursor: more.cursor ?? merged.cursor,
      progress: more.progress ?? merged.progress,
      payloads: new Map([...merged.payloads, ...more.payloads]),
    };
  }
  return merged;
}
