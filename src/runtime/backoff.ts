export interface BackoffPolicy {
  /** Bound of the first pause. */
  readonly baseMs: number;
  /** Bound of every pause. */
  readonly capMs: number;
}

/**
 * Returns the bound of the pause before the next attempt: it doubles with each failure.
 * @param failures number of attempts that have failed so far, at least 1
 */
export function backoffBoundMs({ baseMs, capMs }: BackoffPolicy, failures: number): number {
  return Math.min(capMs, baseMs * 2 ** Math.min(failures - 1, 30)); // 2^30 is beyond every cap
}

/**
 * Returns the pause before the next attempt, with full jitter: any value between zero and the bound, so that calls that
 * failed together are not retried together.
 * @param failures number of attempts that have failed so far, at least 1
 * @param random uniform in [0, 1)
 */
export function fullJitterMs(policy: BackoffPolicy, failures: number, random: () => number): number {
  return random() * backoffBoundMs(policy, failures);
}

/**
 * Returns the pause before the next attempt, with equal jitter: any value between half of the bound and the bound, for
 * attempts that must be apart in time and yet not simultaneous in all replicas.
 * @param failures number of attempts that have failed so far, at least 1
 * @param random uniform in [0, 1)
 */
export function equalJitterMs(policy: BackoffPolicy, failures: number, random: () => number): number {
  return ((1 + random()) / 2) * backoffBoundMs(policy, failures);
}
