import { fullJitterMs } from "./backoff.ts";
import { outsideSpans } from "./tracing.ts";
import { waitAtMost } from "./with-timeout.ts";

export interface LoopOptions {
  /**
   * Runs one bounded piece of work; returns true when there is more to do immediately. It should end soon after
   * `signal` is aborted.
   */
  readonly round: (signal: AbortSignal) => Promise<boolean>;
  /** Longest idle pause: the maximum delay before work is found without a wake-up. */
  readonly pollMs: number;
  /** Called when a round threw; `failures` in a row so far. The loop continues after a pause of its own. */
  readonly onError: (reason: unknown, failures: number) => void;
  readonly random: () => number;
}

/** Background work of one kind that continues after failures. */
export interface Loop {
  start(): void;
  /** Signals that there may be work now. Cheap: may be called for every piece. */
  wake(): void;
  /** Aborts the round in progress and resolves when it has ended, after `deadlineMs` at the latest. */
  close(deadlineMs: number): Promise<void>;
}

/** Short pause after failures, even when woken: an unavailable store must not be queried as fast as work arrives. */
const FAILURE_PAUSE = { baseMs: 50, capMs: 1_000 };

/**
 * Runs rounds one after the other: immediately while there is more to do, otherwise when woken, and every `pollMs` in
 * any case.
 */
export function createLoop(options: LoopOptions): Loop {
  const stop = new AbortController();
  let woken = false;
  let interrupt: (() => void) | undefined;
  let ended: Promise<void> | undefined;

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const finish = (): void => {
        clearTimeout(timer);
        interrupt = undefined;
        resolve();
      };
      const timer = setTimeout(finish, ms);
      interrupt = finish;
    });
  }

  async function run(): Promise<void> {
    let failures = 0;
    while (!stop.signal.aborted) {
      woken = false;
      try {
        const more = await options.round(stop.signal);
        failures = 0;
        if (!more && !woken && !stop.signal.aborted) await pause(options.pollMs);
      } catch (reason) {
        if (stop.signal.aborted) return;
        failures += 1;
        options.onError(reason, failures);
        woken = true; // so that `wake` does not shorten this pause
        await pause(fullJitterMs(FAILURE_PAUSE, failures, options.random));
      }
    }
  }

  return {
    start: () => void (ended ??= outsideSpans(run)),
    wake() {
      if (woken) return;
      woken = true;
      interrupt?.();
    },
    async close(deadlineMs) {
      stop.abort();
      interrupt?.();
      if (ended !== undefined) await waitAtMost(deadlineMs, ended);
    },
  };
}
