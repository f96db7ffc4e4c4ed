const DAY_MS = 86_400_000;

/** A Monday: day 0 of every world. Fixed, so that the same seed gives the same bytes on any date. */
export const FIRST_DAY = "2026-01-05";

/** Business day `day` (0 is the first) as `YYYY-MM-DD`: Mondays to Fridays, without holidays. */
export function businessDay(day: number): string {
  return addDays(FIRST_DAY, Math.floor(day / 5) * 7 + (((day % 5) + 5) % 5));
}

/** The calendar date this many days later. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Returns whether no later business day is in the same month: the day on which salaries are paid. */
export function isLastOfMonth(day: number): boolean {
  return businessDay(day).slice(0, 7) !== businessDay(day + 1).slice(0, 7);
}

/** Day of the week of a date: 0 is Sunday. */
export function weekday(date: string): number {
  return new Date(date).getUTCDay();
}

export function isWeekend(date: string): boolean {
  return weekday(date) === 0 || weekday(date) === 6;
}

/** The date itself, or the Monday after a weekend: transfers between banks are booked on weekdays. */
export function bankingDay(date: string): string {
  return isWeekend(date) ? bankingDay(addDays(date, 1)) : date;
}

export function dayOfMonth(date: string): number {
  return Number(date.slice(8));
}

export function isLastDayOfMonth(date: string): boolean {
  return dayOfMonth(addDays(date, 1)) === 1;
}

/** Number of days from one date to another. */
export function daysBetween(first: string, last: string): number {
  return Math.round((Date.parse(last) - Date.parse(first)) / DAY_MS);
}

/** The date of a time in UTC. */
export function dateAt(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 10);
}
