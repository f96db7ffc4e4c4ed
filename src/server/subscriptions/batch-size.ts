/** Number of events that one operation executes at a time, adapted to what their executions cost. */
export interface BatchSize {
  readonly current: number;
  /** Records a finished batch. */
  record(batch: { readonly events: number; readonly ms: number; readonly bytes: number }): void;
  /** Continues with one event: an execution of several may have failed where one would not. */
  reset(): void;
}

export interface BatchSizeOptions {
  readonly first: number;
  readonly max: number;
  /** Duration above which the next batches are smaller, and half of which lets them grow. */
  readonly targetMs: number;
  /** Size of the results above which the next batches are smaller, and half of which lets them grow. */
  readonly targetBytes: number;
}

export function createBatchSize({ first, max, targetMs, targetBytes }: BatchSizeOptions): BatchSize {
  let current = first;
  return {
    get current() {
      return current;
    },
    record({ events, ms, bytes }) {
      if (ms > targetMs || bytes > targetBytes) current = Math.max(1, Math.floor(events / 2));
      else if (events >= current && ms * 2 <= targetMs && bytes * 2 <= targetBytes)
        current = Math.min(max, current * 2);
    },
    reset: () => void (current = 1),
  };
}
