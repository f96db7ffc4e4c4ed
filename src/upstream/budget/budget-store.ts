/** What one replica asks of one bucket. */
export interface LeaseAsk {
  readonly bucket: string;
  /** Permits per second that are known to be allowed; undefined: to be found out. */
  readonly declared: number | undefined;
  /** Permits for work that can wait its turn. */
  readonly wanted: number;
  /** Permits for work that somebody waits for: out of turn, as far as the bucket's reserve goes. */
  readonly urgent: number;
  /** A lower rate that the upstream's headers ask for, for so long. */
  readonly pace: Pace | undefined;
}

/** A rate that holds for a while. */
export interface Pace {
  /** Permits per second. */
  readonly rate: number;
  readonly forMs: number;
}

/** Permits that nobody else has: some at once, the others one per interval. All times are the asking replica's monotonic clock. */
export interface LeaseGrant {
  readonly bucket: string;
  /** Permits that may be used at once. */
  readonly immediate: number;
  /** Permits of which the first is due at `startMs` and each further one `intervalMs` later. */
  readonly turns: number;
  readonly startMs: number;
  readonly intervalMs: number;
  /** When it is worth asking again, if less was granted than asked for. */
  readonly askAgainMs: number;
  /** No permit before; in the past when the bucket is open. */
  readonly closedUntilMs: number;
  /** Permits per second that the bucket gives at present, over all replicas. */
  readonly rate: number;
}

/** Why a bucket gives no permits for a while. */
export type ClosedReason = "RETRY_AFTER" | "QUOTA_USED_UP";

/** What an upstream's refusal, or its word that nothing is left, means for one bucket. */
export interface Refusal {
  readonly bucket: string;
  readonly declared: number | undefined;
  /** No call for so long; 0: no time was named. */
  readonly closeForMs: number;
  readonly reason: ClosedReason;
  /** The call was refused, so that the rate was too high. */
  readonly slowDown: boolean;
}

/** A bucket that a refusal has closed. */
export interface Closure {
  readonly bucket: string;
  readonly reason: ClosedReason;
  /** Epoch milliseconds. */
  readonly untilEpochMs: number;
  /** It was open before. */
  readonly isNew: boolean;
}

/** Where the buckets of one credential are kept. */
export interface BudgetStore {
  /**
   * One grant for each ask, in any order.
   * @throws ServiceError STORE_UNAVAILABLE
   */
  lease(asks: readonly LeaseAsk[], replicas: number): Promise<readonly LeaseGrant[]>;
  /** @throws ServiceError STORE_UNAVAILABLE */
  refuse(refusals: readonly Refusal[]): Promise<readonly Closure[]>;
}
