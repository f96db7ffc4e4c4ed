export interface BackoffPolicy {
  /** Upper bound of the first pause. */
  readonly baseMs: number;
  /** Upper bound of every pause. */
  readonly capMs: number;
}

/**
 * Pause before another try, with full jitter: anything between nothing and the bound, which doubles with each failure,
 * so that whatever failed together does not come back together.
 * @param failures how many tries have failed so far, at least 1
 * @param random uniform in [0, 1)
 */
export function fullJitterMs(policy: BackoffPolicy, failures: number, random: () => number): number {
  const bound = Math.min(policy.capMs, policy.baseMs * 2 ** Math.min(failures - 1, 30)); // 2^30 is beyond every cap
  return random() * bound;
}
