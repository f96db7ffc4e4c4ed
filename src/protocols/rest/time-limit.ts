/** A signal that aborts with another one or when its time is up, whichever comes first. */
export interface TimeLimit {
  readonly signal: AbortSignal;
  /** Returns true if the time limit ended it. */
  readonly expired: () => boolean;
  /** Releases the timer and the other signal, which may live as long as the process. */
  readonly release: () => void;
}

/** Starts a limit of `timeoutMs` within `outer`. The caller releases it. */
export function startTimeLimit(outer: AbortSignal, timeoutMs: number): TimeLimit {
  const controller = new AbortController();
  let expired = false;
  const abort = (): void => controller.abort(outer.reason);
  const timer = setTimeout(() => {
    expired = !controller.signal.aborted;
    controller.abort();
  }, timeoutMs);
  if (outer.aborted) abort();
  else outer.addEventListener("abort", abort, { once: true });
  return {
    signal: controller.signal,
    expired: () => expired,
    release: () => {
      clearTimeout(timer);
      outer.removeEventListener("abort", abort);
    },
  };
}
