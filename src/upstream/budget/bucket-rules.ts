/**
 * Rules of a bucket: the generic cell rate algorithm, whose whole state is one number, the time of the next free turn.
 * Turns are one interval apart, regardless of which replica takes them, so no sliding second contains more turns than
 * the rate. A replica leases turns that lie a short horizon ahead and uses each when it is due: a lease does not need
 * to be returned, because a turn of a crashed replica simply passes unused.
 * Interactive work does not queue behind the turns that were leased ahead: it takes a permit immediately from a reserve
 * worth a few hundredths of a second of permits, and the next turns are granted correspondingly later. Upstreams
 * tolerate the reserve as a burst.
 * The same rules are written in SQL in lease-statement.ts, because the database owns the shared row; a test verifies on
 * random histories that the two agree.
 */

/** Share of a second's permits that may be used out of turn. */
export const RESERVE_SHARE = 0.04;
/**
 * Rate, per second, from which at least one permit is reserved: at 20 per second a whole permit is a twentieth of the
 * rate.
 */
export const RESERVE_FROM_RATE = 20;
/**
 * Share of the rate that is granted. The remainder, within five hundredths, is a margin for calls that arrive closer
 * together than they were sent, and for the reserve: with four replicas, backfills and reads together, 103 of 105 at
 * 100 a second.
 */
export const USED_SHARE = 0.988;
/** Minimum time ahead for which turns are leased: each replica calls the store once per this period. */
export const HORIZON_MS = 100;
/** Initial rate when the rate is unknown, per second. */
export const FIRST_RATE = 5;
/**
 * Growth per second, as a share of the rate if it was never refused, and otherwise as a share of the rate at which it
 * was last refused: below that rate, near it, and beyond it, where the other consumers of the limit have stopped.
 */
export const GROWTH = { unknown: 0.35, below: 0.05, near: 0.005, beyond: 0.1 } as const;
/** A rate counts as near the refused rate between these shares of it. */
export const NEAR = { from: 0.95, to: 1.03 } as const;
/**
 * Share of the rate that remains after a refusal: the first one, and one that arrives while the rate is still falling.
 */
export const AFTER_REFUSAL = { first: 0.93, further: 0.87 } as const;
/**
 * Refusals within this time of each other count as one: those calls were in flight together, or had leased their turns.
 */
export const SAME_REFUSAL_MS = 500;
/** A refusal within this time after another means that the rate is still much too high. */
export const FURTHER_REFUSAL_MS = 2_000;
/** Minimum rate at which an upstream is called, per second, however often it refuses. */
export const LOWEST_RATE = 0.1;
/** Interactive work gets turns at most this far ahead: after that time the waiting user has left. */
export const INTERACTIVE_AHEAD_MS = 5_000;
/** A turn that lies further ahead than this many milliseconds and intervals comes from a clock that was set back. */
export const FARTHEST = { ms: 10_000, intervals: 200 } as const;

/** A bucket's row. Times are epoch milliseconds of the store's clock; 0 is long ago. */
export interface BucketState {
  readonly nextTurnMs: number;
  /** Time at which the reserve for permits out of turn is full again. */
  readonly reserveMs: number;
  /** Permits per second; undefined until the bucket was refused, or its rate grew from the first rate. */
  readonly rate: number | undefined;
  readonly rateAtMs: number;
  /** The rate at which the upstream last refused. */
  readonly ceiling: number | undefined;
  readonly refusedAtMs: number;
  readonly paceRate: number | undefined;
  readonly paceUntilMs: number;
  readonly closedUntilMs: number;
}

/** A bucket that was never used. */
export const FRESH_BUCKET: BucketState = {
  nextTurnMs: 0,
  reserveMs: 0,
  rate: undefined,
  rateAtMs: 0,
  ceiling: undefined,
  refusedAtMs: 0,
  paceRate: undefined,
  paceUntilMs: 0,
  closedUntilMs: 0,
};
