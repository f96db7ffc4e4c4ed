import { ServiceError } from "../domain/error.ts";

/** The same items, until the signal is aborted: then it throws, also while the next item never comes. @throws ServiceError CANCELED */
export async function* untilAborted<Item>(items: AsyncIterable<Item>, signal: AbortSignal): AsyncGenerator<Item, void> {
  const iterator = items[Symbol.asyncIterator]();
  const aborted = Promise.withResolvers<never>();
  aborted.promise.catch(() => undefined); // nobody may be waiting
  const onAbort = (): void => aborted.reject(abortReason(signal));
  signal.addEventListener("abort", onAbort);
  if (signal.aborted) onAbort();
  try {
    for (;;) {
      const next = await Promise.race([aborted.promise, iterator.next()]);
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    signal.removeEventListener("abort", onAbort);
    // Not awaited: one that hangs in `next` would hang here too.
    iterator.return?.().catch(() => undefined);
  }
}

/** What aborting signals throw, as the error that they stand for. */
export function abortReason(signal: AbortSignal): ServiceError {
  return signal.reason instanceof ServiceError
    ? signal.reason
    : new ServiceError("CANCELED", "the work was stopped", { cause: signal.reason });
}
