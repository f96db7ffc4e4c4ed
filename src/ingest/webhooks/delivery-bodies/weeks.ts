/** One week of bodies, which is one partition: from Monday, UTC, inclusive, to the next Monday, exclusive. */
export interface Week {
  /** `2026-11-23` */
  readonly from: string;
  readonly to: string;
  /** `delivery_bodies_20261123` */
  readonly partition: string;
}

const DAY_MS = 86_400_000;
/** 1970-01-05 was a Monday. */
const FIRST_MONDAY_MS = 4 * DAY_MS;
const PREFIX = "delivery_bodies_";

/** Returns the week of a moment and the following ones, `count` in total. */
export function weeksFrom(moment: Date, count: number): readonly Week[] {
  const weeks = Math.floor((moment.getTime() - FIRST_MONDAY_MS) / (7 * DAY_MS));
  return Array.from({ length: count }, (_, index) => weekAt(FIRST_MONDAY_MS + (weeks + index) * 7 * DAY_MS));
}

/** Returns the week of a partition; undefined for a name that is not one of ours. */
export function weekOf(partition: string): Week | undefined {
  const [, year, month, day] = /^delivery_bodies_(\d{4})(\d\d)(\d\d)$/.exec(partition) ?? [];
  return year === undefined ? undefined : weekAt(Date.UTC(Number(year), Number(month) - 1, Number(day)));
}

function weekAt(startMs: number): Week {
  const from = dayOf(startMs);
  return { from, to: dayOf(startMs + 7 * DAY_MS), partition: `${PREFIX}${from.replaceAll("-", "")}` };
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
