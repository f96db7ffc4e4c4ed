/**
 * Number of objects that are claimed at a time: fewer after a failed claim, so that a batch that is too large is not
 * repeated forever.
 */
export interface BatchSize {
  current(): number;
  /** Records if a claim was answered completely. */
  ended(answered: boolean): void;
}

/** Few enough to be fetched within the lease at a handful of calls a second. */
const MAX = 50;

/**
 * Creates the batch size. A fetch of many objects ends at its first failure and at its deadline, and everything in it
 * is then requested again. With a slow upstream, a small budget or many temporary failures, fifty objects never succeed
 * together while five do: the size is halved after each failure, doubled after each response.
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
