/**
 * One part of a stream's past, which one reader walks newest first. All ranges of a stream together cover the complete
 * past, without overlap. Times are creation times at the upstream, epoch milliseconds.
 */
export interface Range {
  /** 0 is the newest range, in which the walk began. */
  readonly id: number;
  /** Inclusive; undefined: from the beginning. */
  readonly fromMs: number | undefined;
  /** Exclusive; undefined: up to the newest object at the time of reading. */
  readonly toMs: number | undefined;
  /** Cursor of the connector; undefined: nothing of the range was read. */
  readonly cursor: unknown;
  /** All objects created at or after this time are read; undefined: unknown. */
  readonly reachedMs: number | undefined;
  /** `EMPTY`: read to its end, and it contained no objects. */
  readonly status: RangeStatus;
}

export type RangeStatus = (typeof RANGE_STATUSES)[number];
export const RANGE_STATUSES = ["OPEN", "DONE", "EMPTY"] as const;

/** Stored state of a walk: its ranges, and the cursor at which the stream continues when all of them are read. */
export interface Walk {
  readonly ranges: readonly Range[];
  /** Cursor of the connector. */
  readonly next: unknown;
}

/** Checkpoint of one range in one batch. */
export interface RangeCheckpoint {
  readonly rangeId: number;
  readonly cursor: unknown;
  readonly reachedMs: number | undefined;
  readonly status: RangeStatus;
  /** False: the read is not a walk over the past, and its cursor is the stream's own. */
  readonly isWalk: boolean;
  /** Progress as reported by the connector. */
  readonly progress: number | undefined;
}

/** Bounds of the past, used to measure ranges without bounds of their own. */
export interface Horizon {
  readonly oldestMs: number;
  readonly nowMs: number;
}

/**
 * Share of the time to be read that is read, 0 to 1. Empty ranges count on neither side: years before an account's
 * first object would make the rest look negligible.
 */
export function progressOf(ranges: readonly Range[], { oldestMs, nowMs }: Horizon): number {
  let wholeMs = 0;
  let coveredMs = 0;
  for (const { fromMs = oldestMs, toMs = nowMs, reachedMs = toMs, status } of ranges) {
    const spanMs = Math.max(0, toMs - fromMs);
    if (status === "EMPTY") continue;
    wholeMs += spanMs;
    coveredMs += status === "DONE" ? spanMs : Math.min(spanMs, Math.max(0, toMs - reachedMs));
  }
  return wholeMs === 0 ? 0 : coveredMs / wholeMs;
}
