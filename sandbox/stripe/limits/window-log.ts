/** Events within the last `spanMs` milliseconds. Times must not decrease. */
export interface WindowLog {
  /** Adds an event of `weight` (above 0) at `atMs`. Amortised O(1). */
  add(atMs: number, weight: number): void;
  /** Weight within `(nowMs - spanMs, nowMs]`. Older events are removed. */
  sum(nowMs: number): number;
  /** Time at which this much of the weight counted by the last `sum`, the oldest first, will have left the window. */
  freeAtMs(weight: number): number;
}

/** Creates an empty log: two rings that grow to the size of a window's contents, and no further. */
export function createWindowLog(spanMs: number): WindowLog {
  let times = new Float64Array(64);
  let weights = new Float64Array(64);
  let first = 0;
  let count = 0;
  let total = 0;
  const grow = (): void => {
    const [oldTimes, oldWeights, size] = [times, weights, times.length];
    [times, weights] = [new Float64Array(size * 2), new Float64Array(size * 2)];
    times.set(oldTimes.subarray(first));
    times.set(oldTimes.subarray(0, first), size - first);
    weights.set(oldWeights.subarray(first));
    weights.set(oldWeights.subarray(0, first), size - first);
    first = 0;
  };
  const timeOf = (index: number): number => times[(first + index) & (times.length - 1)] ?? 0;
  const weightOf = (index: number): number => weights[(first + index) & (weights.length - 1)] ?? 0;
  const forget = (nowMs: number): void => {
    while (count > 0 && timeOf(0) <= nowMs - spanMs) {
      total -= weightOf(0);
      first = (first + 1) & (times.length - 1);
      count -= 1;
    }
  };
  return {
    add(atMs, weight) {
      forget(atMs);
      if (count === times.length) grow();
      const end = (first + count) & (times.length - 1);
      times[end] = atMs;
      weights[end] = weight;
      count += 1;
      total += weight;
    },
    sum(nowMs) {
      forget(nowMs);
      return total;
    },
    freeAtMs(weight) {
      let freed = 0;
      let index = 0;
      while (index < count - 1 && (freed += weightOf(index)) < weight) index += 1;
      return timeOf(index) + spanMs;
    },
  };
}
