/** Count of one hour, from its beginning. */
export interface HourCount {
  /** RFC 3339. */
  readonly at: string;
  /** A whole number as text. */
  readonly count: string;
}

/** A day of the week with its 24 hours, in UTC. */
export interface WeekDay {
  /** `Mon`. */
  readonly name: string;
  /** Number received in each hour of the last seven days; undefined for an hour that has not come yet. */
  readonly received: readonly (number | undefined)[];
  /** Mean number in the same hour of the weeks before; undefined without such a week. */
  readonly usual: readonly (number | undefined)[];
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const WEEK_MS = 7 * DAY_MS;
const NAMES = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/** Weeks before the last one from which the usual number is taken. */
export const USUAL_WEEKS = 4;

/** Beginning of what `weekHours` needs, in epoch milliseconds. */
export const firstHour = (now: number): number => beginningOf(now) - (USUAL_WEEKS + 1) * WEEK_MS + DAY_MS;

/** Beginning of the present day in UTC. */
const beginningOf = (now: number): number => Math.floor(now / DAY_MS) * DAY_MS;

/**
 * Returns the last seven days, today last, with what was received in each hour, and what is usual in it: the mean of the
 * weeks before that the source was counted in.
 */
export function weekHours(counts: readonly HourCount[], now: number): readonly WeekDay[] {
  const byHour = new Map(counts.map(({ at, count }) => [Date.parse(at), Number(count)]));
  const oldest = Math.min(...byHour.keys());
  const firstDay = beginningOf(now) - 6 * DAY_MS;
  return Array.from({ length: 7 }, (_, day) => {
    const start = firstDay + day * DAY_MS;
    const hours = Array.from({ length: 24 }, (_hour, hour) => start + hour * HOUR_MS);
    return {
      name: NAMES[new Date(start).getUTCDay()] ?? "",
      received: hours.map((at) => (at > now ? undefined : (byHour.get(at) ?? 0))),
      usual: hours.map((at) => usualAt(byHour, at, oldest)),
    };
  });
}

function usualAt(byHour: ReadonlyMap<number, number>, at: number, oldest: number): number | undefined {
  const earlier = Array.from({ length: USUAL_WEEKS }, (_, week) => at - (week + 1) * WEEK_MS).filter(
    (hour) => hour >= oldest,
  );
  if (earlier.length === 0) return undefined;
  return earlier.reduce((sum, hour) => sum + (byHour.get(hour) ?? 0), 0) / earlier.length;
}
