/** A stream that is being read, as far as its turn is concerned. Times are monotonic milliseconds. */
export interface Turn {
  readonly startedAtMs: number;
  /** True once a checkpoint was committed in this turn. */
  readonly hasAdvanced: boolean;
  /** True if its turn is ending already. */
  readonly isEnding: boolean;
}

/** Time after which a stream gives its place to one that waits; it continues from its checkpoint in its next turn. */
const TURN_MS = 10_000;
/**
 * Time after which a stream without a checkpoint does so too. Before that its next turn would repeat the same calls:
 * an upstream that is slower than a turn, or that allows few calls, would be called again and again and never be read.
 * Two calls can wait for their permits as long as their lane lets them.
 */
const LONGEST_TURN_MS = 120_000;

/** Returns the streams whose turn ends in favor of others that wait, those first that were read for longest. */
export function turnsToEnd<T extends Turn>(running: Iterable<T>, count: number, nowMs: number): readonly T[] {
  return [...running]
    .filter(({ startedAtMs, hasAdvanced, isEnding }) => {
      const endsAfterMs = hasAdvanced ? TURN_MS : LONGEST_TURN_MS;
      return !isEnding && nowMs - startedAtMs > endsAfterMs;
    })
    .toSorted((a, b) => a.startedAtMs - b.startedAtMs)
    .slice(0, count);
}
