import { storeUnavailable } from "./failure.ts";

/**
 * Runs `work` with a signal that ends at the deadline or with the caller's signal, whichever comes first.
 * @param sentence What the operator reads when the deadline passed.
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
    // Only an error that the deadline caused: a real failure that came at the same moment keeps its own sentence.
    if (deadline.aborted && isAbort(reason)) throw storeUnavailable(options.sentence, reason);
    throw reason;
  }
}

/** By name: an error may come from another realm, where `instanceof` does not see it. */
function isAbort(reason: unknown): boolean {
  const name = errorName(reason);
  return name === "AbortError" || name === "TimeoutError";
}

/** True when the signal ended because time ran out, false when somebody called `abort()`. */
export function isTimeout(signal: AbortSignal): boolean {
  return errorName(signal.reason) === "TimeoutError";
}

function errorName(reason: unknown): unknown {
  return typeof reason === "object" && reason !== null && "name" in reason ? reason.name : undefined;
}
