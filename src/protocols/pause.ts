/** Longest pause that an upstream can impose on us; after it, one call tests if it still applies. */
export const MAX_PAUSE_MS = 3_600_000;

/** A pause that an upstream requests, as far as we follow it. */
export interface Pause {
  /** Milliseconds from now, 1 to `MAX_PAUSE_MS`: no call before they are over. */
  readonly pauseMs: number;
  /**
   * True if it requested more than `MAX_PAUSE_MS`: worth an alarm, because the next call comes earlier than it
   * requested.
   */
  readonly capped: boolean;
}

/** Returns the pause for `requestedMs`; undefined for an invalid value: our own backoff decides then. */
export function pauseOf(requestedMs: number): Pause | undefined {
  if (!(requestedMs > 0)) return undefined;
  return { pauseMs: Math.min(requestedMs, MAX_PAUSE_MS), capped: requestedMs > MAX_PAUSE_MS };
}
