/** State of one limit for one credential. Times are milliseconds since 1970 and must not decrease. */
export interface Meter {
  /**
   * Milliseconds until `cost` permits are free if no other request takes any; 0 when they are free. Takes no permits.
   */
  waitMs(cost: number, nowMs: number): number;
  /** Takes permits. Only allowed after `waitMs` returned 0 for the same time. */
  take(cost: number, nowMs: number): void;
  /** Called when the request that took the permits has been answered: returns concurrency permits, and no others. */
  release(cost: number): void;
  reading(nowMs: number): MeterReading;
}

export interface MeterReading {
  /** Number of whole permits that are free now. */
  readonly remaining: number;
  /** Milliseconds until all permits are free if none is taken; undefined where this does not depend on time. */
  readonly resetMs: number | undefined;
}
