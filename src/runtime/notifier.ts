/** Wakes all waiters each time it fires. */
export interface Notifier {
  /** Returns how often it has fired: read it before a check, so that a firing during the check is not missed. */
  count(): number;
  /**
   * Resolves once it has fired more often than `count`, after `ms`, or when the signal is aborted, whichever is first.
   */
  wait(count: number, until?: { readonly ms?: number | undefined; readonly signal?: AbortSignal }): Promise<void>;
  fire(): void;
}

export function createNotifier(): Notifier {
  const waiting = new Set<() => void>();
  let fired = 0;
  return {
    count: () => fired,
    wait: (count, { ms, signal } = {}) =>
      new Promise((resolve) => {
        const wake = (): void => {
          clearTimeout(timer);
          waiting.delete(wake);
          signal?.removeEventListener("abort", wake);
          resolve();
        };
        const timer = ms === undefined ? undefined : setTimeout(wake, ms);
        waiting.add(wake);
        signal?.addEventListener("abort", wake);
        if (signal?.aborted === true || fired > count) wake();
      }),
    fire() {
      fired += 1;
      for (const wake of waiting) wake();
    },
  };
}
