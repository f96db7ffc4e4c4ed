import { on } from "node:events";
import { setImmediate as nextTurn } from "node:timers/promises";
import { MessageChannel, type MessagePort } from "node:worker_threads";
import { ServiceError } from "../../../domain/error.ts";
import { unlessAborted } from "../../../runtime/abort.ts";
import { type CamtEvent, type CamtReader, CamtRefused, type ReadCamtOptions } from "../camt.ts";
import { createAssembler } from "./assemble.ts";
import { createCutter } from "./pieces.ts";
import type { Piece, ReadOrder, Reply } from "./wire.ts";
import { createWorkerPool, type Lease, type WorkerPool } from "./worker-pool.ts";

export interface CamtReaderOptions {
  /** Maximum files that are read concurrently; others wait. Default: 2, because each uses a core while it is read. */
  readonly workers?: number;
}

/** Maximum chunks in flight to the worker: one that it reads, and one so that it need not wait. */
const LOOKAHEAD = 2;

/** Creates a reader with a few threads of its own, which start with the first file. */
export function createCamtReader({ workers = 2 }: CamtReaderOptions = {}): CamtReader {
  const pool = createWorkerPool(workers);
  const closing = new AbortController();
  return {
    read: (options) => read({ ...options, signal: AbortSignal.any([options.signal, closing.signal]) }, pool),
    async close() {
      closing.abort(new ServiceError("CANCELED", "the camt reader was closed"));
      await pool.close();
    },
  };
}

async function* read(options: ReadCamtOptions, pool: WorkerPool): AsyncGenerator<CamtEvent, void, undefined> {
  const { signal } = options;
  const lease = await pool.lease(signal);
  const { port1, port2 } = new MessageChannel();
  // Also runs while the consumer keeps an event and does not continue.
  const release = (): void => {
    port1.close();
    lease.release();
  };
  signal.addEventListener("abort", release, { once: true });
  try {
    signal.throwIfAborted();
    const order: ReadOrder = { port: port2, entries: options.entries ?? true };
    lease.worker.postMessage(order, [port2]);
    yield* exchange(pieces(options), port1, lease, signal);
  } finally {
    signal.removeEventListener("abort", release);
    release();
  }
}

/** Sends chunks as long as their replies are consumed. */
async function* exchange(
  source: AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined>,
  port: MessagePort,
  lease: Lease,
  signal: AbortSignal,
): AsyncGenerator<CamtEvent, void, undefined> {
  const replies = receive(port, signal);
  const assemble = createAssembler();
  let [inProgress, isEnd] = [0, false];
  try {
    while (!isEnd || inProgress > 0) {
      while (!isEnd && inProgress < LOOKAHEAD) {
        const { value } = await source.next();
        isEnd = value === undefined;
        send(port, value ?? null);
        inProgress++;
      }
      const reply = await replies.next();
      signal.throwIfAborted(); // its port is closed then
      if (reply.done === true) throw new ServiceError("INTERNAL", "a camt worker ended", { cause: lease.failure() });
      inProgress--;
      // A port delivers its queued messages without a turn of the event loop in between, up to a thousand: if we sent
      // the next chunk immediately, it could block the event loop for seconds.
      await nextTurn();
      for (const event of assemble(eventsOf(reply.value))) {
        yield event;
        signal.throwIfAborted();
      }
    }
  } finally {
    await Promise.all([replies.return(), source.return()]);
  }
}

function send(port: MessagePort, piece: Piece): void {
  port.postMessage(piece, piece === null ? [] : [piece.buffer]);
}

/** Yields the worker's replies in order, until the port closes. */
async function* receive(port: MessagePort, signal: AbortSignal): AsyncGenerator<Reply, void, undefined> {
  try {
    for await (const [reply] of on(port, "message", { signal, close: ["close"] })) yield reply as Reply; // our own worker's
  } catch (reason) {
    signal.throwIfAborted(); // the reason itself, which `on` wraps
    throw reason;
  }
}

/** @throws CamtRefused */
function eventsOf(reply: Reply) {
  if (reply.type === "events") return reply.events;
  if (reply.type === "refused") throw new CamtRefused(reply.refusal, reply.problem, reply.position);
  throw new ServiceError("INTERNAL", "a camt worker failed", { detail: reply.detail });
}

/** Yields the chunks of the file. After an abort it no longer waits for bytes. */
async function* pieces({ bytes, signal }: ReadCamtOptions): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  const iterator = bytes[Symbol.asyncIterator]();
  const cutter = createCutter();
  let isEnd = false;
  try {
    while (true) {
      const { done, value } = await unlessAborted(iterator.next(), signal);
      if (done === true) break;
      yield* cutter.push(value);
    }
    isEnd = true;
    const rest = cutter.rest();
    if (rest !== undefined) yield rest;
  } finally {
    // Not awaited: an iterator that is waiting for bytes handles this call only after they arrive, which may be never.
    if (!isEnd) iterator.return?.().then(undefined, () => undefined);
  }
}
