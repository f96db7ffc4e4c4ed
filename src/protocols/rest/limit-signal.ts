/** What an answer says about one limit of its upstream. At least one of quota and remaining is known. */
export interface LimitSignal {
  /** The upstream's name for it; undefined where the headers have none. */
  readonly policy: string | undefined;
  /** Requests per window. */
  readonly quota: number | undefined;
  readonly windowMs: number | undefined;
  /** Requests left in the present window, at most `quota`. */
  readonly remaining: number | undefined;
  /** Milliseconds from now until there is quota again, at most `MAX_RESET_MS`. */
  readonly resetMs: number | undefined;
}

/** A day: what lies beyond is another clock's mistake, or of no use for pacing. */
export const MAX_RESET_MS = 86_400_000;

/** A leap year: no quota is counted over longer. */
export const MAX_WINDOW_MS = 366 * 86_400_000;

/** True when a signal says something about requests, and nothing that contradicts itself or cannot be. */
export function isSound({ quota, windowMs, remaining, resetMs }: LimitSignal): boolean {
  if (quota === undefined && remaining === undefined) return false;
  if (!isWithin(quota, 0) || !isWithin(remaining, 0, quota)) return false;
  return isWithin(windowMs, 1, MAX_WINDOW_MS) && isWithin(resetMs, 0, MAX_RESET_MS);
}

function isWithin(value: number | undefined, min: number, max: number = Number.MAX_SAFE_INTEGER): boolean {
  return value === undefined || (Number.isSafeInteger(value) && value >= min && value <= max);
}
