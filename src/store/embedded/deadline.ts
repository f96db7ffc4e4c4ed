import { storeUnavailable } from "./failure.ts";

/**
 * Runs `work` with a signal that is aborted at the deadline or with the caller's signal, whichever comes first.
 * @param sentence Message for the operator when the deadline has passed.
 * @throws the caller's abort reason, or STORE_UNAVAILABLE at the deadline.
 */
export async function withDeadline<T>(
  options: { readonly deadlineMs: number; readonly signal: AbortSignal | undefined; readonly sentence: string },
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const deadline = AbortSignal.timeout(options.deadlineMs);
  const signal = options.signal === undefined ? deadline : AbortSignal.any([options.signal, deadline]);
  try {
    signal.throwIfAborted();
    return await work(signal);
  } catch (reason) {
    if (options.signal?.aborted === true) throw options.signal.reason;
    // Only for an error that the deadline caused: a real failure at the same moment keeps its own message.
    if (deadline.aborted && isAbort(reason)) throw storeUnavailable(options.sentence, reason);
    throw reason;
  }
}

/** Checked by name: an error may come from another realm, where `instanceof` does not recognise it. */
function isAbort(reason: unknown): boolean {
  const name = errorName(reason);
  return name === "AbortError" || name === "TimeoutError";
}

/** Returns true if the signal was aborted because time ran out, false if `abort()` was called. */
export function isTimeout(signal: AbortSignal): boolean {
  return errorName(signal.reason) === "TimeoutError";
}

function errorName(reason: unknown): unknown {
  return typeof reason === "object" && reason !== null && "name" in reason ? reason.name : undefined;
}
