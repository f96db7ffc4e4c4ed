/** Objects that are claimed at a time: fewer after a claim that failed, so that one that is too much is not tried for ever. */
export interface BatchSize {
  current(): number;
  /** A claim was answered whole, or not. */
  ended(answered: boolean): void;
}

/** Few enough to be fetched within the lease at a handful of calls a second. */
const MAX = 50;

/**
 * A fetch of many ends at its first failure and at its deadline, and everything in it is then asked for again. At a slow
 * upstream, a small budget or many passing failures, fifty objects never come back together while five do: halved after
 * each failure, doubled after each answer.
 */
export function createBatchSize(): BatchSize {
  let size = MAX;
  return {
    current: () => size,
    ended(answered) {
      size = answered ? Math.min(MAX, size * 2) : Math.max(1, Math.floor(size / 2));
    },
  };
}
