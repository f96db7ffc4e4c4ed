/** State of one limit for one credential. Times are milliseconds since 1970 and must not go back. */
export interface Meter {
  /** Milliseconds until `cost` permits are free if nobody else takes any; 0 when they are. Takes nothing. */
  waitMs(cost: number, nowMs: number): number;
  /** Takes permits. Only after `waitMs` said 0 for the same moment. */
  take(cost: number, nowMs: number): void;
  /** The request that took them has been answered: gives permits of concurrency back, and no others. */
  release(cost: number): void;
  reading(nowMs: number): MeterReading;
}

export interface MeterReading {
  /** Whole permits that are free now. */
  readonly remaining: number;
  /** Milliseconds until all permits are free if none is taken; undefined where no clock says so. */
  readonly resetMs: number | undefined;
}
