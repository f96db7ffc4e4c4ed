import { ServiceError } from "../domain/error.ts";
import { abortReason } from "../runtime/abort.ts";
import type { Clock } from "../runtime/clock.ts";
import type { Lasting } from "./in-flight.ts";

export interface Followed<Message> {
  readonly clock: Clock;
  readonly work: Lasting;
  /** Opens the stream within the limits of a call. */
  readonly open: (signal: AbortSignal) => Promise<AsyncIterable<Message>>;
  /** Called with the error that ended the opened stream. */
  readonly onFailure: (error: ServiceError) => Promise<void>;
  /** Longest wait for a message; undefined: any time. */
  readonly silenceTimeoutMs: number | undefined;
}

/**
 * Opens a stream and yields its messages, one at a time and only when they are requested. Ends promptly when the work is
 * aborted, even while the stream hangs.
 * @throws ServiceError that ended it
 */
export async function* followStream<Message>(followed: Followed<Message>): AsyncGenerator<Message, void> {
  const { work, open, onFailure } = followed;
  let iterator: AsyncIterator<Message> | undefined;
  try {
    const messages = await open(work.signal);
    iterator = messages[Symbol.asyncIterator]();
    const next = nextOf(iterator, followed);
    for (let result = await next(); result.done !== true; result = await next()) yield result.value;
  } catch (reason) {
    const error = ServiceError.from(reason);
    if (iterator !== undefined) await onFailure(error); // opening it has its own consequences
    throw error;
  } finally {
    work.end();
    // Not awaited: an iterator that hangs in `next` would hang here too.
    iterator?.return?.().catch(() => undefined);
  }
}

/**
 * Returns a function that waits for the next message, until the work is aborted or the silence is too long. It uses one
 * listener for all messages: a `Promise.race` with the abort of a long stream would keep memory for each message.
 */
function nextOf<Message>(
  iterator: AsyncIterator<Message>,
  { clock, work: { signal }, silenceTimeoutMs }: Followed<Message>,
): () => Promise<IteratorResult<Message, unknown>> {
  let interrupt: (reason: ServiceError) => void = () => undefined;
  signal.addEventListener("abort", () => interrupt(abortReason(signal)), { once: true });
  return () =>
    new Promise((resolve, reject) => {
      if (signal.aborted) return reject(abortReason(signal));
      interrupt = reject;
      const message = iterator.next().then(resolve, reject);
      if (silenceTimeoutMs === undefined) return;
      void message.finally(clock.schedule(silenceTimeoutMs, () => reject(silentFor(silenceTimeoutMs))));
    });
}

function silentFor(ms: number): ServiceError {
  return new ServiceError("UPSTREAM_UNAVAILABLE", "the upstream stopped sending", {
    detail: `the stream brought no message within ${ms} ms`,
  });
}
