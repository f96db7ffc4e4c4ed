/** One hour of a source's delivery history. */
export interface PastHour {
  /** Start of the hour, epoch milliseconds. */
  readonly startMs: number;
  /** Number of its minutes with a delivery, 1 to 60. Hours without any are left out. */
  readonly active: number;
}

/** A period that was detected as one without deliveries. */
export interface Silence {
  readonly sinceMs: number;
  readonly untilMs: number;
}

/** Delivery history of a source before the silence that is being evaluated. */
export interface Past {
  readonly hours: readonly PastHour[];
  readonly silences: readonly Silence[];
  /** Time of the first known delivery. */
  readonly fromMs: number;
  /** Time of the last delivery: the time after it is not used to learn the rate. */
  readonly untilMs: number;
}

/**
 * Expected number of arrivals per minute: `-log(1 - p)`, where `p` is the fraction of minutes with a delivery. The
 * value is above 1 when most minutes have one.
 */
export interface ExpectedRate {
  perMinuteAt(timeMs: number): number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** A shorter history is not used. */
const MIN_SPAN_MS = HOUR_MS;
const MIN_ACTIVE = 20;
/**
 * Weight, in minutes, of the source's mean in the rate of each hour of the day: a single unusual hour changes the rate
 * only a little.
 */
const PRIOR_MINUTES = 30;
/**
 * Fraction of the mean assumed for times that have not been observed yet: nights and weekends come after the first
 * days.
 */
const PRIOR_SHARE = 0.25;
/**
 * Number of observed minutes of one hour of one weekday that suffice to distinguish it from the other days, and the
 * weight of the other days in it.
 */
const MIN_WEEKDAY_MINUTES = 30;
const OTHER_DAYS_MINUTES = 0.5;

interface Tally {
  active: number;
  observed: number;
}

/**
 * Estimates the expected rate of a source by the hour of the day, and lower where the same weekday has had less. Hours
 * are UTC, because the location of its users is unknown, and their activity recurs at the same time of each day.
 * Undefined: too little is known.
 */
export function expectedRate({ hours, silences, fromMs, untilMs }: Past): ExpectedRate | undefined {
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

/** Fraction of the minutes that are active: always below 1, because `prior` is. */
function shareOf(tally: Tally = { active: 0, observed: 0 }, prior: Tally): number {
  return (tally.active + prior.active) / (tally.observed + prior.observed);
}

/** Expected number of arrivals between two times, in the terms of `ExpectedRate`. */
export function expectedBetween(rate: ExpectedRate, fromMs: number, toMs: number): number {
  let expected = 0;
  for (let atMs = fromMs; atMs < toMs; atMs += MINUTE_MS) {
    expected += (rate.perMinuteAt(atMs) * Math.min(MINUTE_MS, toMs - atMs)) / MINUTE_MS;
  }
  return expected;
}

/** Expected number of arrivals in one hour of each week. */
export interface LearnedHour {
  /** 1 for Monday to 7 for Sunday, in UTC. */
  readonly weekday: number;
  /** 0 to 23, in UTC. */
  readonly hour: number;
  readonly expected: number;
}

/** A Monday at midnight. */
const MONDAY_MS = Date.UTC(1970, 0, 5);

/** Returns the rate of each hour of a week, from Monday on. */
export function learnedHours(rate: ExpectedRate): readonly LearnedHour[] {
  return Array.from({ length: 168 }, (_, index) => ({
    weekday: Math.floor(index / 24) + 1,
    hour: index % 24,
    expected: rate.perMinuteAt(MONDAY_MS + index * HOUR_MS) * 60,
  }));
}

function overlapMs(a: Silence, b: Silence): number {
  return Math.max(0, lengthMs({ sinceMs: Math.max(a.sinceMs, b.sinceMs), untilMs: Math.min(a.untilMs, b.untilMs) }));
}

const lengthMs = ({ sinceMs, untilMs }: Silence): number => untilMs - sinceMs;
const hourOf = (timeMs: number): number => new Date(timeMs).getUTCHours();
const weekHourOf = (timeMs: number): number => new Date(timeMs).getUTCDay() * 24 + hourOf(timeMs);
