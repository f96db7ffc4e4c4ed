import type { DateTime } from "./entities.ts";

/** What the freshness of a source's objects depends on. */
export interface SourceFreshness {
  /** Anything but ACTIVE: the source is not being read. */
  readonly status: string;
  /** Undefined or null: it is synced on demand only. */
  readonly scheduleSeconds: number | null;
  /** End of the last run that succeeded; null before the first. */
  readonly lastSuccessAt: DateTime | null;
}

export interface StalenessInput {
  /** When the object's state was last confirmed. */
  readonly observedAt: DateTime;
  /** Undefined: it is no longer configured. */
  readonly source: SourceFreshness | undefined;
  readonly nowMs: number;
}

/** One schedule may be late and one run may fail before an object is called stale. */
const MISSED_SCHEDULES = 3;

/**
 * Whether an object may be outdated: its source is not being read, or neither was the object observed nor did a run
 * succeed for three times the schedule. A run that succeeds confirms every object, those too that it did not name,
 * since it asks for what has changed. A source without a schedule is never stale by age: nobody promised a time.
 */
export function isStale({ observedAt, source, nowMs }: StalenessInput): boolean {
  if (source?.status !== "ACTIVE") return true;
  if (source.scheduleSeconds === null) return false;
  const confirmedMs = Math.max(Date.parse(observedAt), Date.parse(source.lastSuccessAt ?? observedAt));
  return nowMs - confirmedMs > MISSED_SCHEDULES * source.scheduleSeconds * 1_000;
}
