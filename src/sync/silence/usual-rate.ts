/** One hour of a source's past. */
export interface PastHour {
  /** Its beginning, epoch milliseconds. */
  readonly startMs: number;
  /** Minutes of it in which a delivery came, 1 to 60. Hours without any are left out. */
  readonly active: number;
}

/** A time in which deliveries had stopped coming, as it was found to be. */
export interface Silence {
  readonly sinceMs: number;
  readonly untilMs: number;
}

/** What is known of a source's deliveries before the silence that is judged. */
export interface Past {
  readonly hours: readonly PastHour[];
  readonly silences: readonly Silence[];
  /** When the first delivery came that is known of. */
  readonly fromMs: number;
  /** When the last delivery came: what is after it teaches nothing. */
  readonly untilMs: number;
}

/** How many times in which deliveries come should have come in a minute: minutes that could each be active, so above 1 when most are. */
export interface UsualRate {
  perMinuteAt(timeMs: number): number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** Less than this teaches nothing. */
const MIN_SPAN_MS = HOUR_MS;
const MIN_ACTIVE = 20;
/** Minutes of the source's mean that each hour of the day is thought to have besides its own: one odd hour moves little. */
const PRIOR_MINUTES = 30;
/** Of the mean, for what has not been seen yet: nights and weekends come after the first days. */
const PRIOR_SHARE = 0.25;
/** Minutes of one hour of one weekday that are enough to tell it from the other days, and what the other days weigh there. */
const MIN_WEEKDAY_MINUTES = 30;
const OTHER_DAYS_MINUTES = 0.5;

interface Tally {
  active: number;
  observed: number;
}

/**
 * What is usual at a source, by the hour of the day, and less where the same weekday has had less: UTC, since nothing says where its
 * users live, and whatever they do comes at the same time of each day. Undefined: too little is known to say.
 */
export function usualRate({ hours, silences, fromMs, untilMs }: Past): UsualRate | undefined {
  const active = hours.reduce((sum, hour) => sum + hour.active, 0);
  if (untilMs - fromMs < MIN_SPAN_MS || active < MIN_ACTIVE) return undefined;
  const all: Tally = { active: 0, observed: 0 };
  const byHour = Array.from({ length: 24 }, (): Tally => ({ active: 0, observed: 0 }));
  const byWeekHour = Array.from({ length: 168 }, (): Tally => ({ active: 0, observed: 0 }));
  const activeAt = new Map(hours.map((hour) => [hour.startMs, hour.active]));
  for (let startMs = fromMs - (fromMs % HOUR_MS); startMs < untilMs; startMs += HOUR_MS) {
    const span = { sinceMs: Math.max(startMs, fromMs), untilMs: Math.min(startMs + HOUR_MS, untilMs) };
    const minutes = (lengthMs(span) - silences.reduce((sum, silence) => sum + overlapMs(span, silence), 0)) / MINUTE_MS;
    const came = activeAt.get(startMs) ?? 0;
    for (const tally of [all, byHour[hourOf(startMs)], byWeekHour[weekHourOf(startMs)]]) {
      if (tally === undefined) continue; // there is one for each hour
      tally.active += came;
      tally.observed += Math.max(minutes, came);
    }
  }
  const prior = { active: (all.active / all.observed) * PRIOR_SHARE * PRIOR_MINUTES, observed: PRIOR_MINUTES };
  return {
    perMinuteAt(timeMs) {
      const daily = shareOf(byHour[hourOf(timeMs)], prior);
      const weekday = byWeekHour[weekHourOf(timeMs)];
      const others = { active: daily * OTHER_DAYS_MINUTES, observed: OTHER_DAYS_MINUTES };
      const weekly = (weekday?.observed ?? 0) < MIN_WEEKDAY_MINUTES ? daily : shareOf(weekday, others);
      return -Math.log(1 - Math.min(daily, weekly));
    },
  };
}

/** Of the minutes, those that are active: never all, since `prior` is not. */
function shareOf(tally: Tally = { active: 0, observed: 0 }, prior: Tally): number {
  return (tally.active + prior.active) / (tally.observed + prior.observed);
}

/** How many active times should have come between two moments. */
export function expectedBetween(rate: UsualRate, fromMs: number, toMs: number): number {
  let expected = 0;
  for (let atMs = fromMs; atMs < toMs; atMs += MINUTE_MS) {
    expected += (rate.perMinuteAt(atMs) * Math.min(MINUTE_MS, toMs - atMs)) / MINUTE_MS;
  }
  return expected;
}

function overlapMs(a: Silence, b: Silence): number {
  return Math.max(0, lengthMs({ sinceMs: Math.max(a.sinceMs, b.sinceMs), untilMs: Math.min(a.untilMs, b.untilMs) }));
}

const lengthMs = ({ sinceMs, untilMs }: Silence): number => untilMs - sinceMs;
const hourOf = (timeMs: number): number => new Date(timeMs).getUTCHours();
const weekHourOf = (timeMs: number): number => new Date(timeMs).getUTCDay() * 24 + hourOf(timeMs);
