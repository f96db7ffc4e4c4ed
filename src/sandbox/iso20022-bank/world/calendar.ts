const DAY_MS = 86_400_000;

/** A Monday: day 0 of every world. Fixed, so that the same seed gives the same bytes on any date. */
export const FIRST_DAY = "2026-01-05";

/** Business day `day` (0 is the first) as `YYYY-MM-DD`: Mondays to Fridays, without holidays. */
export function businessDay(day: number): string {
  return addDays(FIRST_DAY, Math.floor(day / 5) * 7 + (((day % 5) + 5) % 5));
}

/** The calendar date so many days later. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Whether no later business day is in the same month: salaries are paid. */
export function isLastOfMonth(day: number): boolean {
  return businessDay(day).slice(0, 7) !== businessDay(day + 1).slice(0, 7);
}
