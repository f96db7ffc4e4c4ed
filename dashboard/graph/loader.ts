/** Loads a value again and again, one load at a time, however often that is requested. */
export interface Loader {
  /** Loads now, or once the running load has ended and the shortest interval has passed. */
  request(): void;
  close(): void;
}

export interface LoaderOptions<Value> {
  readonly load: (signal: AbortSignal) => Promise<Value>;
  readonly onValue: (value: Value) => void;
  readonly onError: (reason: unknown) => void;
  /** Shortest time between the beginnings of two loads, in milliseconds. */
  readonly intervalMs: number;
  readonly now: () => number;
  /** Calls back after some milliseconds; returns a function that cancels it. */
  readonly later: (callback: () => void, ms: number) => () => void;
}

export function createLoader<Value>(options: LoaderOptions<Value>): Loader {
  const { load, onValue, onError, intervalMs, now, later } = options;
  const closed = new AbortController();
  let [isRunning, isRequested, startedAt] = [false, false, -Infinity];
  let cancel: (() => void) | undefined;

  async function run(): Promise<void> {
    [isRunning, isRequested, startedAt] = [true, false, now()];
    try {
      const value = await load(closed.signal);
      if (!closed.signal.aborted) onValue(value);
    } catch (reason) {
      if (!closed.signal.aborted) onError(reason);
    }
    isRunning = false;
    if (isRequested) schedule();
  }

  function schedule(): void {
    if (cancel !== undefined || closed.signal.aborted) return;
    const start = (): void => {
      cancel = undefined;
      void run();
    };
    const waitMs = startedAt + intervalMs - now();
    if (waitMs <= 0) start();
    else cancel = later(start, waitMs);
  }

  return {
    request() {
      isRequested = true;
      if (!isRunning) schedule();
    },
    close() {
      closed.abort();
      cancel?.();
    },
  };
}

export function afterTimeout(callback: () => void, ms: number): () => void {
  const timer = setTimeout(callback, ms);
  return () => clearTimeout(timer);
}
