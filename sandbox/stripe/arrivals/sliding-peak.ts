import { createWindowLog } from "../limits/window-log.ts";

/** Largest sum within any one second, wherever it began. */
export interface SlidingPeak {
  /**
   * Times are milliseconds and must not decrease. Amortised O(1).
   * @param sinceMs earliest possible time: only what certainly happened within one second counts. Default: `atMs`
   */
  add(atMs: number, weight: number, sinceMs?: number): void;
  peak(): number;
}

/** Creates a peak of 0. Stores one second. */
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
