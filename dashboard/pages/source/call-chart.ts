/** Count of one minute, from its beginning. */
export interface MinuteCount {
  readonly at: string;
  /** A whole number as text. */
  readonly count: string;
}

/** Minutes that the chart displays. */
export const CHART_MINUTES = 120;
const MINUTE_MS = 60_000;

/** Returns, for each of the last minutes, its epoch seconds and the count of each series; a minute without one has zero. */
export function minuteLines(series: readonly (readonly MinuteCount[])[], now: number): readonly number[][] {
  const last = Math.floor(now / MINUTE_MS) - 1; // the present minute is not complete
  const minutes = Array.from({ length: CHART_MINUTES }, (_, index) => last - CHART_MINUTES + 1 + index);
  const counts = series.map((points) => {
    const byMinute = new Map(points.map(({ at, count }) => [Math.floor(Date.parse(at) / MINUTE_MS), Number(count)]));
    return minutes.map((minute) => byMinute.get(minute) ?? 0);
  });
  return [minutes.map((minute) => minute * 60), ...counts];
}
