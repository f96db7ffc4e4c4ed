/** Samples that are remembered: some seconds' worth under load. */
const WINDOW = 64;
/** Below so many, one more is worth a call of its own. */
const ROUGH = 4;

/** What must be added to the store's epoch milliseconds to have this process's monotonic ones. */
export interface ClockOffset {
  /** Too few answers were seen to tell a fast one from a slow one. */
  isRough(): boolean;
  /** The best estimate with one more answer: `storeMs` was the store's clock when it made it. */
  after(receivedMs: number, storeMs: number | undefined): number;
}

/**
 * Every answer is received later than it was made, by an unknown time; the smallest difference of the last answers is the one
 * with the least delay in it. So one slow answer does not make a whole block of turns late.
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
