import { ServiceError } from "../../domain/error.ts";
import { abortReason, unlessAborted } from "../../runtime/abort.ts";

export interface TimeLimit {
  readonly timeoutMs: number;
  /** Aborted when the result is no longer needed. */
  readonly signal: AbortSignal;
}

/**
 * Returns the result of `work`, which gets a signal that is aborted at the deadline, or when its result is no longer
 * needed. Then nothing waits for the work, and its own outcome is ignored.
 * @throws what `work` throws | ServiceError OPERATION_TIMEOUT | CANCELED
 */
export async function limitTime<T>(limit: TimeLimit, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const { timeoutMs, signal } = limit;
  const stopping = new AbortController();
  const cancel = (): void => stopping.abort(abortReason(signal));
  signal.addEventListener("abort", cancel, { once: true });
  if (signal.aborted) cancel();
  const timer = setTimeout(() => stopping.abort(timeoutError(timeoutMs)), timeoutMs);
  try {
    return await unlessAborted(work(stopping.signal), stopping.signal);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", cancel);
  }
}

function timeoutError(timeoutMs: number): ServiceError {
  return new ServiceError("OPERATION_TIMEOUT", `the operation took longer than ${timeoutMs / 1_000} s`);
}
