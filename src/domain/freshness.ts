import type { DateTime } from "./values.ts";

/** Why the state shown may be outdated. */
export type StaleReason =
  | "SOURCE_PAUSED"
  | "NEEDS_CREDENTIALS"
  | "UNREACHABLE"
  | "RATE_LIMITED"
  | "OVERLOADED"
  | "SYNC_LATE"
  | "NOT_FETCHABLE"
  | "SOURCE_REMOVED"
  | "UPSTREAM_FAULT";

/** What each status of a source that is not being read means to a reader. */
const CLOSED = {
  PAUSED: "SOURCE_PAUSED",
  NEEDS_CREDENTIALS: "NEEDS_CREDENTIALS",
  UNREACHABLE: "UNREACHABLE",
} as const satisfies Record<string, StaleReason>;

/** What the freshness of a source's objects depends on. */
export interface SourceFreshness {
  /** Anything but ACTIVE: the source is not being read. */
  readonly status: "ACTIVE" | keyof typeof CLOSED;
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
 * Why an object may be outdated, for a reader who has said no bound: its source is not being read, or neither was the
 * object observed nor did a run succeed for three times the schedule. A run that succeeds confirms every object, those too
 * that it did not name, since it asks for what has changed. A source without a schedule is never stale by age: nobody
 * promised a time.
 * @returns undefined for what is not stale
 */
export function staleReason({ observedAt, source, nowMs }: StalenessInput): StaleReason | undefined {
  if (source === undefined) return "SOURCE_REMOVED";
  if (source.status !== "ACTIVE") return CLOSED[source.status];
  if (source.scheduleSeconds === null) return undefined;
  const confirmedMs = Math.max(Date.parse(observedAt), Date.parse(source.lastSuccessAt ?? observedAt));
  return nowMs - confirmedMs > MISSED_SCHEDULES * source.scheduleSeconds * 1_000 ? "SYNC_LATE" : undefined;
}
