import { ServiceError } from "../domain/error.ts";

/** Time source of the upstream layer; a parameter, so that hours of pacing are tested in milliseconds. */
export interface Clock {
  /** Monotonic milliseconds; for durations. */
  readonly monotonicMs: () => number;
  /** Milliseconds since 1970; for comparing with external dates. */
  readonly epochMs: () => number;
  /** Runs `task` once, `delayMs` from now; the returned function prevents it. */
  readonly schedule: (delayMs: number, task: () => void) => () => void;
}

export const systemClock: Clock = {
  monotonicMs: () => performance.now(),
  epochMs: () => Date.now(),
  schedule: (delayMs, task) => {
    const timer = setTimeout(task, Math.ceil(delayMs));
    return () => clearTimeout(timer);
  },
};

/**
 * Resolves after `delayMs`.
 * @throws ServiceError CANCELED as soon as the signal is aborted
 */
export function pause(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(canceled());
    const abort = (): void => {
      unschedule();
      reject(canceled());
    };
    const unschedule = clock.schedule(delayMs, () => {
      signal.removeEventListener("abort", abort);
      resolve();
    });
    signal.addEventListener("abort", abort, { once: true });
  });
}

/** Returns the error for a wait or a call whose caller gave up, or which our shutdown ended. */
export function canceled(): ServiceError {
  return new ServiceError("CANCELED", "the call was canceled");
}
