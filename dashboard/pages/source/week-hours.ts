/** Count of one hour, from its beginning. */
export interface HourCount {
  /** RFC 3339. */
  readonly at: string;
  /** A whole number as text. */
  readonly count: string;
}

/** What is expected in one hour of each week. */
export interface ExpectedHour {
  /** 1 for Monday to 7 for Sunday, in UTC. */
  readonly weekday: number;
  /** 0 to 23, in UTC. */
  readonly hour: number;
  readonly expected: number;
}

/** A day of the week with its 24 hours, in UTC. */
export interface WeekDay {
  /** `Mon`. */
  readonly name: string;
  /** Number of each hour; undefined for an hour that has none. */
  readonly hours: readonly (number | undefined)[];
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NAMES = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/** Beginning of the first of the last seven days in UTC, today included, in epoch milliseconds. */
export const firstDay = (now: number): number => Math.floor(now / DAY_MS) * DAY_MS - 6 * DAY_MS;

/** Returns a number for each hour of the last seven days, today last. */
function week(now: number, numberAt: (start: number) => number | undefined): readonly WeekDay[] {
  return Array.from({ length: 7 }, (_, day) => {
    const start = firstDay(now) + day * DAY_MS;
    return {
      name: NAMES[new Date(start).getUTCDay()] ?? "",
      hours: Array.from({ length: 24 }, (_hour, hour) => numberAt(start + hour * HOUR_MS)),
    };
  });
}

/** Returns what was received in each hour of the last seven days; hours that have not come have no number. */
export function receivedWeek(counts: readonly HourCount[], now: number): readonly WeekDay[] {
  const byHour = new Map(counts.map(({ at, count }) => [Date.parse(at), Number(count)]));
  return week(now, (start) => (start > now ? undefined : (byHour.get(start) ?? 0)));
}

/** Returns what is expected in each hour, in the order of the last seven days. */
export function expectedWeek(hours: readonly ExpectedHour[], now: number): readonly WeekDay[] {
  const byHour = new Map(hours.map(({ weekday, hour, expected }) => [(weekday % 7) * 24 + hour, expected]));
  return week(now, (start) => byHour.get(new Date(start).getUTCDay() * 24 + new Date(start).getUTCHours()));
}
