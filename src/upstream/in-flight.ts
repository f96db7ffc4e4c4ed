import { canceled, type Clock } from "../runtime/clock.ts";

/** Registry of the calls in flight, so that a shutdown can wait for them and then abort them. */
export interface InFlight {
  /**
   * Runs `task` with a signal that follows the caller's and is aborted by `close`.
   * @throws ServiceError CANCELED after `close`
   */
  run<T>(signal: AbortSignal, task: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** Lets the calls in flight end by themselves for `graceMs`, then aborts them; resolves when none is left. */
  close(graceMs: number): Promise<void>;
}

export function createInFlight(clock: Clock): InFlight {
  const running = new Map<AbortController, Promise<unknown>>();
  let closed = false;
  return {
    run: async (signal, task) => {
      if (closed || signal.aborted) throw canceled();
      const controller = new AbortController();
      const abort = (): void => controller.abort();
      signal.addEventListener("abort", abort, { once: true });
      const ended = task(controller.signal);
      running.set(controller, ended);
      try {
        return await ended;
      } finally {
        running.delete(controller);
        signal.removeEventListener("abort", abort); // it may live as long as the process
      }
    },
    close: async (graceMs) => {
      closed = true;
      const cancelAbort = clock.schedule(graceMs, () => {
        for (const controller of running.keys()) controller.abort();
      });
      await Promise.allSettled(running.values());
      cancelAbort();
    },
  };
}
