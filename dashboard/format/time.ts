const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Returns a duration in its two largest units: `3 min 20 s`, `2 d 4 h`. Less than a second is `0 s`. */
export function formatDuration(ms: number): string {
  const units = [
    [DAY, "d"],
    [HOUR, "h"],
    [MINUTE, "min"],
    [SECOND, "s"],
  ] as const;
  const first = units.findIndex(([size]) => ms >= size);
  if (first < 0) return "0 s";
  let rest = ms;
  const parts = units.slice(first, first + 2).map(([size, name]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return [count, name] as const;
  });
  return parts.flatMap(([count, name], index) => (index > 0 && count === 0 ? [] : [`${count} ${name}`])).join(" ");
}

/** Returns how long ago a time was: `3 min ago`; `just now` within a second, `in 20 s` for the future. */
export function formatAge(at: string, now: number): string {
  const ms = now - Date.parse(at);
  if (ms <= -SECOND) return `in ${largestUnit(-ms)}`;
  return ms < SECOND ? "just now" : `${largestUnit(ms)} ago`;
}

const largestUnit = (ms: number): string => formatDuration(ms).split(" ").slice(0, 2).join(" ");

/** Formats times in one time zone, and names it. */
export interface TimeFormat {
  /** `14:03:22`; with its day if that is not today: `28 Nov 14:03:22`. */
  short(at: string, now: number): string;
  /** `Mon, 30 Nov 2026, 14:03:22.120 GMT+1`. */
  full(at: string): string;
  /** `Europe/Berlin`. */
  readonly zone: string;
}

/** @param zone IANA name. Default: the browser's. */
export function createTimeFormat(zone = new Intl.DateTimeFormat().resolvedOptions().timeZone): TimeFormat {
  const clock = { timeZone: zone, hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" } as const;
  const time = new Intl.DateTimeFormat("en-GB", clock);
  const day = new Intl.DateTimeFormat("en-GB", { timeZone: zone, day: "2-digit", month: "short" });
  const full = new Intl.DateTimeFormat("en-GB", {
    ...clock,
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    fractionalSecondDigits: 3,
    timeZoneName: "short",
  });
  return {
    zone,
    short(at, now) {
      const date = new Date(at);
      const isToday = day.format(date) === day.format(now) && now - date.getTime() < DAY;
      return isToday ? time.format(date) : `${day.format(date)} ${time.format(date)}`;
    },
    full: (at) => full.format(new Date(at)),
  };
}

/** Returns the days from the first to the last one, as `2026-11-22`. */
export function daysBetween(first: string, last: string): readonly string[] {
  const days: string[] = [];
  for (let at = Date.parse(first); at <= Date.parse(last); at += DAY) days.push(dayOf(at));
  return days;
}

/** Returns the calendar day in UTC of a time in epoch milliseconds. */
export const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** Returns whether a day is a Saturday or Sunday. */
export const isWeekend = (day: string): boolean => [0, 6].includes(new Date(day).getUTCDay());
