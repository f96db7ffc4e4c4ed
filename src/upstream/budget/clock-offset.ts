/** Number of stored samples: some seconds' worth under load. */
const WINDOW = 64;
/** Minimum number of samples: with fewer, one more is worth a separate call. */
const ROUGH = 4;

/** Offset to add to the store's epoch milliseconds to get this process's monotonic milliseconds. */
export interface ClockOffset {
  /** Returns true if there are too few responses to distinguish a fast one from a slow one. */
  isRough(): boolean;
  /** Returns the best estimate after one more response: `storeMs` was the store's clock when it created it. */
  after(receivedMs: number, storeMs: number | undefined): number;
}

/**
 * Creates an estimator. Every response is received later than it was created, by an unknown time; the smallest
 * difference of the last responses is the one with the least delay in it. So one slow response does not make a whole
 * block of turns late.
 */
export function createClockOffset(): ClockOffset {
  const differences: number[] = [];
  return {
    isRough: () => differences.length < ROUGH,
    after(receivedMs, storeMs) {
      if (storeMs !== undefined) differences.push(receivedMs - storeMs);
      if (differences.length > WINDOW) differences.shift();
      return Math.min(...differences);
    },
  };
}
