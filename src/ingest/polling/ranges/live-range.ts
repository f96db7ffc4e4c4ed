import type { Range } from "./range.ts";

/** A range while it is read: its reader is ahead of the committed state. */
export interface LiveRange {
  /** Current bounds; the other fields as last committed. */
  range: Range;
  isTaken: boolean;
  isEnded: boolean;
  /** Cursor of the reader's last checkpoint, committed or not. */
  cursor: unknown;
  /** Time that the reader has reached, committed or not. */
  reachedMs: number | undefined;
  /** Time that the last page covered; undefined before this reader's first page. */
  pageMs: number | undefined;
}

/** Minimum pages left in a range to be split: each half must be worth the calls that a split costs, about two. */
const MIN_PAGES_LEFT = 4;
const MIN_LEFT_MS = 10_000;

/** Returns a range without a reader. */
export function liveOf(range: Range): LiveRange {
  const { cursor, reachedMs, status } = range;
  return { range, isTaken: false, isEnded: status !== "OPEN", cursor, reachedMs, pageMs: undefined };
}

/**
 * Returns the range to be split: the one with the most pages left, by the pace of its last page. Undefined: no range is
 * worth it.
 */
export function mostLeft(ranges: Iterable<LiveRange>, oldestMs: number): LiveRange | undefined {
  let most: LiveRange | undefined;
  let mostPages = MIN_PAGES_LEFT;
  for (const one of ranges) {
    const pages = pagesLeft(one, oldestMs);
    if (pages >= mostPages) [most, mostPages] = [one, pages];
  }
  return most;
}

/**
 * Returns the pages left; known only after a reader has shown its pace since it began; in the newest range it has then
 * also reported the next cursor.
 */
function pagesLeft(one: LiveRange, oldestMs: number): number {
  if (one.isEnded || one.pageMs === undefined || leftMs(one, oldestMs) < MIN_LEFT_MS) return 0;
  return leftMs(one, oldestMs) / one.pageMs;
}

function leftMs({ range, reachedMs = -Infinity }: LiveRange, oldestMs: number): number {
  return reachedMs - (range.fromMs ?? oldestMs);
}

/** Splits the older half of the remaining part off a range that is being read, by moving its lower bound. */
export function takeOlderHalf(one: LiveRange, id: number, oldestMs: number): LiveRange {
  const { range, reachedMs = 0 } = one; // defined if `mostLeft` has chosen the range
  const middleMs = Math.ceil(reachedMs - leftMs(one, oldestMs) / 2);
  one.range = { ...range, fromMs: middleMs };
  return liveOf({ id, fromMs: range.fromMs, toMs: middleMs, cursor: undefined, reachedMs: undefined, status: "OPEN" });
}

/** Records how far the reader has come. A time that is not older than before means that the walk restarted. */
export function advance(one: LiveRange, reachedMs: number, nowMs: number): void {
  const beforeMs = one.reachedMs ?? one.range.toMs ?? nowMs;
  if (reachedMs < beforeMs) [one.pageMs, one.reachedMs] = [beforeMs - reachedMs, reachedMs];
}
