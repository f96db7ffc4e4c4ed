import { fullJitterMs } from "./backoff.ts";

export interface LoopOptions {
  /** One bounded piece of work; true when there is more to do at once. It should end soon after `signal` is aborted. */
  readonly round: (signal: AbortSignal) => Promise<boolean>;
  /** Longest idle pause: how late work is found that nobody woke us for. */
  readonly pollMs: number;
  /** A round threw; `failures` in a row so far. The loop goes on after a pause of its own. */
  readonly onError: (reason: unknown, failures: number) => void;
  readonly random: () => number;
}

/** Background work of one kind that never ends by a failure. */
export interface Loop {
  start(): void;
  /** There may be work now. Cheap: may be called for every piece. */
  wake(): void;
  /** Aborts the round in progress and resolves when it has ended, at the latest after `deadlineMs`. */
  close(deadlineMs: number): Promise<void>;
}

/** After failures a short pause, even when woken: the store being away must not be asked as fast as the work comes in. */
const FAILURE_PAUSE = { baseMs: 50, capMs: 1_000 };

/** Runs rounds one after the other: at once while there is more, otherwise when woken, and every `pollMs` in any case. */
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
        woken = true; // so that `wake` leaves this pause alone
        await pause(fullJitterMs(FAILURE_PAUSE, failures, options.random));
      }
    }
  }

  return {
    start: () => void (ended ??= run()),
    wake() {
      if (woken) return;
      woken = true;
      interrupt?.();
    },
    async close(deadlineMs) {
      stop.abort();
      interrupt?.();
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, deadlineMs)));
      await Promise.race([ended, late]);
      clearTimeout(timer);
    },
  };
}
