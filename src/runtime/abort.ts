import { setTimeout as sleep } from "node:timers/promises";
import { ServiceError } from "../domain/error.ts";

/** Returns the reason of an aborted signal as the ServiceError that it represents. */
export function abortReason(signal: AbortSignal): ServiceError {
  return signal.reason instanceof ServiceError
    ? signal.reason
    : new ServiceError("CANCELED", "the work was stopped", { cause: signal.reason });
}

/** Resolves when the signal is aborted; never rejects. */
export function whenAborted(signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  signal.addEventListener("abort", () => resolve(), { once: true });
  if (signal.aborted) resolve();
  return promise;
}

/**
 * Returns the result of `work` unless the signal is aborted first. The work is not stopped: what becomes of it
 * afterwards is ignored.
 * @throws what `work` throws, or the signal's own reason
 */
export async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(signal.reason as Error); // callers expect the abort reason itself
  if (signal.aborted) abort();
  signal.addEventListener("abort", abort, { once: true });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

/** Resolves after `ms`, or as soon as the signal is aborted: for loops that then check the signal. */
export async function pauseUnlessAborted(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined); // rejects only because of the signal
}
