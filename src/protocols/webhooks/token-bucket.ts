/** A right to do something now and then. */
export interface TokenBucket {
  /** Whether there was a token; it is gone then. */
  take(): boolean;
  /** Puts one back that turned out not to be needed. */
  giveBack(): void;
}

/**
 * Full at first; a token comes back every `refillMs`, up to `capacity`. So in any time t, at most
 * `capacity + t / refillMs` are taken and not given back.
 */
export function createTokenBucket(options: {
  readonly capacity: number;
  readonly refillMs: number;
  readonly nowMs: () => number;
}): TokenBucket {
  const { capacity, refillMs, nowMs } = options;
  let tokens = capacity;
  let countedAtMs = nowMs();
  return {
    take() {
      // A clock that was set back gives nothing and takes nothing.
      const earned = Math.max(0, nowMs() - countedAtMs) / refillMs;
      tokens = Math.min(capacity, tokens + earned);
      countedAtMs = nowMs();
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
    giveBack() {
      tokens = Math.min(capacity, tokens + 1);
    },
  };
}
