/** Request of one replica for permits of one bucket. */
export interface LeaseRequest {
  readonly bucket: string;
  /** Permits per second that are known to be allowed; undefined: to be found out. */
  readonly declared: number | undefined;
  /** Permits for work that can wait its turn. */
  readonly needed: number;
  /** Permits for interactive work: out of turn, up to the bucket's reserve. */
  readonly interactive: number;
  /** A lower rate that the upstream's headers request, with its duration. */
  readonly pace: Pace | undefined;
}

/** A rate that is valid for a limited time. */
export interface Pace {
  /** Permits per second. */
  readonly rate: number;
  readonly forMs: number;
}

/**
 * Permits exclusive to the replica: some available at once, the others one per interval. All times are on the
 * requesting replica's monotonic clock.
 */
export interface LeaseGrant {
  readonly bucket: string;
  /** Permits that may be used at once. */
  readonly immediate: number;
  /** Permits of which the first is due at `startMs` and each further one `intervalMs` later. */
  readonly turns: number;
  readonly startMs: number;
  readonly intervalMs: number;
  /** Time at which another request is useful, if less was granted than requested. */
  readonly askAgainMs: number;
  /** No permit before this time; in the past if the bucket is open. */
  readonly closedUntilMs: number;
  /** Permits per second that the bucket gives at present, over all replicas. */
  readonly rate: number;
}

/** Reason why a bucket gives no permits for a while. */
export type ClosedReason = "RETRY_AFTER" | "QUOTA_USED_UP";

/** Effect on one bucket of an upstream's refusal, or of its statement that no quota is left. */
export interface BucketRefusal {
  readonly bucket: string;
  readonly declared: number | undefined;
  /** Time without calls; 0: no time was stated. */
  readonly closeForMs: number;
  readonly reason: ClosedReason;
  /** True if the call was refused, so that the rate was too high. */
  readonly slowDown: boolean;
}

/** A bucket that a refusal has closed. */
export interface Closure {
  readonly bucket: string;
  readonly reason: ClosedReason;
  /** Epoch milliseconds. */
  readonly untilEpochMs: number;
  /** True if it was open before. */
  readonly isNew: boolean;
}

/** Store of the buckets of one credential. */
export interface BudgetStore {
  /**
   * Returns one grant for each request, in any order.
   * @throws ServiceError STORE_UNAVAILABLE
   */
  lease(asks: readonly LeaseRequest[], replicas: number): Promise<readonly LeaseGrant[]>;
  /** @throws ServiceError STORE_UNAVAILABLE */
  refuse(refusals: readonly BucketRefusal[]): Promise<readonly Closure[]>;
}
