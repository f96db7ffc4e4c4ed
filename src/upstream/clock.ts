import { ServiceError } from "../domain/error.ts";

/** Time as the upstream layer sees it; a parameter, so that hours of pacing are tested in milliseconds. */
export interface Clock {
  /** Milliseconds that never go back; for spans. */
  readonly monotonicMs: () => number;
  /** Milliseconds since 1970; for comparing with dates from outside. */
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

/** What a wait or a call ends with when its caller gave up, or when we shut down. */
export function canceled(): ServiceError {
  return new ServiceError("CANCELED", "the call was canceled");
}
