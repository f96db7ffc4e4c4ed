import { createWindowLog } from "../limits/window-log.ts";

/** The most within any one second, wherever it began. */
export interface SlidingPeak {
  /** Times are milliseconds and must not go back. Amortised O(1). */
  add(atMs: number, weight: number): void;
  peak(): number;
}

/** A peak of 0. Remembers one second. */
export function createSlidingPeak(): SlidingPeak {
  const log = createWindowLog(1000);
  let peak = 0;
  return {
    add(atMs, weight) {
      log.add(atMs, weight);
      peak = Math.max(peak, log.sum(atMs));
    },
    peak: () => peak,
  };
}
