import { createWindowLog } from "../limits/window-log.ts";

/** The most within any one second, wherever it began. */
export interface SlidingPeak {
  /**
   * Times are milliseconds and must not go back. Amortised O(1).
   * @param sinceMs it cannot have happened before: what counts is what was within one second for certain. Default: `atMs`
   */
  add(atMs: number, weight: number, sinceMs?: number): void;
  peak(): number;
}

/** A peak of 0. Remembers one second. */
export function createSlidingPeak(): SlidingPeak {
  const log = createWindowLog(1000);
  let peak = 0;
  let lastSinceMs = -Infinity;
  return {
    add(atMs, weight, sinceMs = atMs) {
      lastSinceMs = Math.max(lastSinceMs, sinceMs);
      log.add(lastSinceMs, weight);
      peak = Math.max(peak, log.sum(atMs));
    },
    peak: () => peak,
  };
}
