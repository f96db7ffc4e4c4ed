/** Wakes all that wait, each time it fires. */
export interface Pulse {
  /** How often it has fired: read before a look, so that what happens during it is not waited for. */
  count(): number;
  /** Resolves once it has fired more often than that, after `ms`, or when the signal is aborted, whichever is first. */
  wait(count: number, ms: number, signal: AbortSignal): Promise<void>;
  fire(): void;
}

export function createPulse(): Pulse {
  const waiting = new Set<() => void>();
  let fired = 0;
  return {
    count: () => fired,
    wait: (count, ms, signal) =>
      new Promise((resolve) => {
        const wake = (): void => {
          clearTimeout(timer);
          waiting.delete(wake);
          signal.removeEventListener("abort", wake);
          resolve();
        };
        const timer = setTimeout(wake, ms);
        waiting.add(wake);
        signal.addEventListener("abort", wake);
        if (signal.aborted || fired > count) wake();
      }),
    fire() {
      fired += 1;
      for (const wake of waiting) wake();
    },
  };
}
