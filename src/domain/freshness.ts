import type { DateTime } from "./values.ts";

/** Reason why the displayed state may be outdated. */
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

/** Stale reason for each status of a source that is not being read. */
const CLOSED = {
  PAUSED: "SOURCE_PAUSED",
  NEEDS_CREDENTIALS: "NEEDS_CREDENTIALS",
  UNREACHABLE: "UNREACHABLE",
  FAILING: "UPSTREAM_FAULT",
} as const satisfies Record<string, StaleReason>;

/** Inputs that decide the freshness of a source's objects. */
export interface SourceFreshness {
  /** Any value other than ACTIVE means that the source is not being read. Null: it is disconnected. */
  readonly status: "ACTIVE" | keyof typeof CLOSED | null;
  /** Undefined or null: the source is synced on demand only. */
  readonly scheduleSeconds: number | null;
  /** End of the last successful run; null before the first. */
  readonly lastSuccessAt: DateTime | null;
}

export interface StaleReasonInput {
  /** Time at which the object's state was last confirmed. */
  readonly observedAt: DateTime;
  /** Undefined if the source is no longer configured. */
  readonly source: SourceFreshness | undefined;
  readonly nowMs: number;
}

/** One schedule may be late and one run may fail before an object is called stale. */
const MISSED_SCHEDULES = 3;

/**
 * Returns why an object may be outdated, for a reader that gave no maximum age: its source is not being read, or for
 * three times the schedule neither was the object observed nor did a run succeed. A successful run confirms every
 * object, including those that it did not return, because it requests everything that has changed. A source without a
 * schedule is never stale by age, because no interval was promised.
 * @returns undefined for an object that is not stale
 */
export function staleReason({ observedAt, source, nowMs }: StaleReasonInput): StaleReason | undefined {
  if (source === undefined || source.status === null) return "SOURCE_REMOVED";
  if (source.status !== "ACTIVE") return CLOSED[source.status];
  if (source.scheduleSeconds === null) return undefined;
  const confirmedMs = Math.max(Date.parse(observedAt), Date.parse(source.lastSuccessAt ?? observedAt));
  return nowMs - confirmedMs > MISSED_SCHEDULES * source.scheduleSeconds * 1_000 ? "SYNC_LATE" : undefined;
}
