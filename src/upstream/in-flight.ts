import type { ServiceError } from "../domain/error.ts";
import { canceled, type Clock } from "../runtime/clock.ts";

/** Registry of the calls in flight, so that a shutdown can wait for them and then abort them. */
export interface InFlight {
  /**
   * Runs `task` with a signal that follows the caller's and is aborted by `close`.
   * @throws ServiceError CANCELED after `close`
   */
  run<T>(signal: AbortSignal, task: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /**
   * Registers work that ends only when it is aborted, such as a followed stream: `close` aborts it at once. The caller
   * ends it.
   * @throws ServiceError CANCELED after `close`
   */
  begin(signal: AbortSignal): Lasting;
  /** Lets the calls in flight end by themselves for `graceMs`, then aborts them; resolves when none is left. */
  close(graceMs: number): Promise<void>;
}

/** Work without an end of its own. */
export interface Lasting {
  /** Follows the caller's signal, and is aborted by `close` and by `end`. */
  readonly signal: AbortSignal;
  /** Aborts the signal with a reason, which its owner throws. */
  readonly abort: (reason: ServiceError) => void;
  /** Releases the caller's signal. Further calls have no effect. */
  readonly end: () => void;
}

export function createInFlight(clock: Clock): InFlight {
  const running = new Map<AbortController, Promise<unknown>>();
  const lasting = new Set<Lasting>();
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
    begin(signal) {
      if (closed || signal.aborted) throw canceled();
      const controller = new AbortController();
      const abort = (): void => work.end();
      const work: Lasting = {
        signal: controller.signal,
        abort: (reason) => controller.abort(reason),
        end() {
          controller.abort(canceled());
          lasting.delete(work);
          signal.removeEventListener("abort", abort);
        },
      };
      lasting.add(work);
      signal.addEventListener("abort", abort, { once: true });
      return work;
    },
    close: async (graceMs) => {
      closed = true;
      for (const work of lasting) work.end();
      const cancelAbort = clock.schedule(graceMs, () => {
        for (const controller of running.keys()) controller.abort();
      });
      await Promise.allSettled(running.values());
      cancelAbort();
    },
  };
}
