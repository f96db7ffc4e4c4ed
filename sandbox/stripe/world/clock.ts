/** The world's time. While a world is seeded it runs through the past; afterwards it is the wall clock. */
export interface Clock {
  /** Unix seconds. */
  seconds(): number;
  /** Stops the clock at `seconds` until the next call; undefined returns to the wall clock. */
  set(seconds: number | undefined): void;
}

/** A clock over `nowMs` (milliseconds since 1970). */
export function createClock(nowMs: () => number): Clock {
  let fixed: number | undefined;
  return {
    seconds: () => fixed ?? Math.floor(nowMs() / 1000),
    set(seconds) {
      fixed = seconds;
    },
  };
}

/** A day in the unit of `Clock`. */
export const DAY_S = 86_400;
