/**
 * The rules of a bucket: the generic cell rate algorithm over one number, the moment of the next free turn, which stands
 * for the whole bucket. Turns are an interval apart, whoever takes them, so no sliding second holds more of them than
 * the rate. A replica leases turns that lie a short horizon ahead and uses each when it is due: a lease needs no return,
 * since a turn whose holder died simply passes.
 *
 * What somebody waits for does not stand in line behind the turns that were leased ahead: it takes a permit at once out of a
 * reserve of a few hundredths of a second's permits, and the next turns are given out that much later. The reserve is what
 * upstreams bear as a burst.
 *
 * The same rules stand in SQL in lease-statement.ts, since the shared row is the database's; a test holds the two
 * together on random histories.
 */

/** Share of a second's permits that may be used out of turn. */
export const RESERVE_SHARE = 0.04;
/** From this rate on at least one permit is kept back: a twentieth of it is a whole call. */
export const RESERVE_FROM_RATE = 20;
/**
 * Of the rate that is given out. What is left is room, within five hundredths, for calls that arrive closer together than they were
 * sent and for the reserve: with four replicas, backfills and reads together, 103 of 105 at 100 a second.
 */
export const USED_SHARE = 0.988;
/** How far ahead turns are leased, at least: one call to the store per so much time and replica. */
export const HORIZON_MS = 100;
/** A rate that nobody knows begins here, per second. */
export const FIRST_RATE = 5;
/**
 * Growth per second, as a part of the rate where it was never refused, and of the rate at which it was last refused otherwise:
 * below that, near it, and beyond it, where whoever took the rest has left.
 */
export const GROWTH = { unknown: 0.35, below: 0.05, near: 0.005, beyond: 0.1 } as const;
/** The rate at which an upstream refused is near between these shares of it. */
export const NEAR = { from: 0.95, to: 1.03 } as const;
/** What a refusal leaves of the rate: the first one, and one that comes while the rate is still falling. */
export const AFTER_REFUSAL = { first: 0.93, further: 0.87 } as const;
/** Refusals within so long of each other are one: calls that were under way together, or had leased their turns. */
export const SAME_REFUSAL_MS = 500;
/** A refusal within so long after another says that the rate is still much too high. */
export const FURTHER_REFUSAL_MS = 2_000;
/** However often an upstream refuses, it is asked so often, per second. */
export const LOWEST_RATE = 0.1;
/** Urgent work gets turns this far ahead and no further: by then who waits in person has left. */
export const URGENT_AHEAD_MS = 5_000;
/** A turn that lies further ahead than this many milliseconds and intervals comes from a clock that was set back. */
export const FARTHEST = { ms: 10_000, intervals: 200 } as const;

/** A bucket's row. Times are epoch milliseconds of the store's clock; 0 is long ago. */
export interface BucketState {
  readonly nextTurnMs: number;
  /** The same for permits out of turn: when the reserve is full again. */
  readonly reserveMs: number;
  /** Permits per second; undefined until it was refused, or grew from the first one. */
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
