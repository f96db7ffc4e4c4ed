/**
 * One part of a stream's past, which one reader walks newest first. All ranges of a stream together are the whole, and
 * share no moment. Times are creation times at the upstream, epoch milliseconds.
 */
export interface Range {
  /** 0 is the newest range, in which the walk began. */
  readonly id: number;
  /** Inclusive; undefined: from the beginning. */
  readonly fromMs: number | undefined;
  /** Exclusive; undefined: all that there is when the reader comes to it. */
  readonly toMs: number | undefined;
  /** Of the connector; undefined: nothing of the range was read. */
  readonly cursor: unknown;
  /** All that was made at or after it is read; undefined: unknown. */
  readonly reachedMs: number | undefined;
  /** `EMPTY`: read to its end, and there was nothing. */
  readonly status: RangeStatus;
}

export type RangeStatus = "OPEN" | "DONE" | "EMPTY";

/** What a walk is kept as: its ranges, and where the stream goes on when all of them are read. */
export interface Walk {
  readonly ranges: readonly Range[];
  /** Cursor of the connector. */
  readonly next: unknown;
}

/** What one batch holds of one range. */
export interface RangeCheckpoint {
  readonly rangeId: number;
  readonly cursor: unknown;
  readonly reachedMs: number | undefined;
  readonly status: RangeStatus;
  /** False: the read is no walk over the past, and its cursor is the stream's own. */
  readonly isWalk: boolean;
  /** As the connector says it. */
  readonly progress: number | undefined;
}

/** The past between which bounds the ranges are measured where they have none of their own. */
export interface Horizon {
  readonly oldestMs: number;
  readonly nowMs: number;
}

/**
 * Share of the time to be read that is read, 0 to 1. Ranges in which there was nothing count on neither side: years
 * before an account's first object would make the rest look like nothing.
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
