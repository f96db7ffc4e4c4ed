/** Limits the rate of an action. */
export interface TokenBucket {
  /** Takes a token; returns true if there was one. */
  take(): boolean;
  /** Returns a token that turned out not to be needed. */
  giveBack(): void;
  /** Time until there is a token, in milliseconds; 0 if there is one. */
  waitMs(): number;
  /** True if no token is missing. */
  isFull(): boolean;
}

/**
 * Creates a bucket, initially full; a token is added every `refillMs`, up to `capacity`. So in any time t, at most
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

  function count(): void {
    // A clock that was set back neither adds nor removes tokens.
    const earned = Math.max(0, nowMs() - countedAtMs) / refillMs;
    tokens = Math.min(capacity, tokens + earned);
    countedAtMs = nowMs();
  }

  return {
    take() {
      count();
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
    giveBack() {
      tokens = Math.min(capacity, tokens + 1);
    },
    waitMs() {
      count();
      return Math.max(0, Math.ceil((1 - tokens) * refillMs));
    },
    isFull() {
      count();
      return tokens >= capacity;
    },
  };
}
