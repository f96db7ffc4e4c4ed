export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/** RFC 3339 in UTC with milliseconds. */
export function timeOf(ms: number): string {
  return new Date(ms).toISOString();
}

/** The UTC day of a time: `YYYY-MM-DD`. */
export function dayOf(ms: number): string {
  return timeOf(ms).slice(0, 10);
}

/** The next day from Monday to Friday after a time, as its midnight in UTC. */
export function nextWeekday(ms: number): number {
  const next = Date.parse(dayOf(ms)) + DAY_MS;
  const weekday = new Date(next).getUTCDay();
  return weekday === 0 ? next + DAY_MS : weekday === 6 ? next + 2 * DAY_MS : next;
}
