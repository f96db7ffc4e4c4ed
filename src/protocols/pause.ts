/** Longest pause that an upstream can impose on us; then it is asked once whether it still stands. */
export const MAX_PAUSE_MS = 3_600_000;

/** A pause that an upstream asks for, as far as we follow it. */
export interface Pause {
  /** Milliseconds from now, 1 to `MAX_PAUSE_MS`: no call before they are over. */
  readonly pauseMs: number;
  /** True when it asked for more than `MAX_PAUSE_MS`: worth an alarm, because the next call is earlier than it wants. */
  readonly capped: boolean;
}

/** The pause of `askedMs`; undefined where that is none: our own backoff decides then. */
export function pauseOf(askedMs: number): Pause | undefined {
  if (!(askedMs > 0)) return undefined;
  return { pauseMs: Math.min(askedMs, MAX_PAUSE_MS), capped: askedMs > MAX_PAUSE_MS };
}
