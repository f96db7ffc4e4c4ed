/** Statement of a response about one limit of its upstream. At least one of quota and remaining is known. */
export interface LimitSignal {
  /** The upstream's name of the limit; undefined if the headers contain none. */
  readonly policy: string | undefined;
  /** Requests per window. */
  readonly quota: number | undefined;
  readonly windowMs: number | undefined;
  /** Requests left in the present window, at most `quota`. */
  readonly remaining: number | undefined;
  /** Milliseconds from now until there is quota again, at most `MAX_RESET_MS`. */
  readonly resetMs: number | undefined;
}

/** A day: a longer reset is an error of another clock, or useless for pacing. */
export const MAX_RESET_MS = 86_400_000;

/** A leap year: no quota has a longer window. */
export const MAX_WINDOW_MS = 366 * 86_400_000;

/** Returns true if a signal concerns requests, and is consistent and possible. */
export function isSound({ quota, windowMs, remaining, resetMs }: LimitSignal): boolean {
  if (quota === undefined && remaining === undefined) return false;
  if (!isWithin(quota, 0) || !isWithin(remaining, 0, quota)) return false;
  return isWithin(windowMs, 1, MAX_WINDOW_MS) && isWithin(resetMs, 0, MAX_RESET_MS);
}

function isWithin(value: number | undefined, min: number, max: number = Number.MAX_SAFE_INTEGER): boolean {
  return value === undefined || (Number.isSafeInteger(value) && value >= min && value <= max);
}
