import type { Range } from "./range.ts";

/** A range while it is read: its reader is ahead of what is committed. */
export interface LiveRange {
  /** Bounds as they are now, the rest as last committed. */
  range: Range;
  isTaken: boolean;
  isEnded: boolean;
  /** Cursor of the reader's last checkpoint, committed or not. */
  cursor: unknown;
  /** What the reader has reached, committed or not. */
  reachedMs: number | undefined;
  /** Time that the last page covered; undefined before this reader's first. */
  pageMs: number | undefined;
}

/** Pages that a range must have left to be split: each half is worth the calls that a split costs, about two. */
const MIN_PAGES_LEFT = 4;
const MIN_LEFT_MS = 10_000;

/** A range that nobody reads yet. */
export function liveOf(range: Range): LiveRange {
  const { cursor, reachedMs, status } = range;
  return { range, isTaken: false, isEnded: status !== "OPEN", cursor, reachedMs, pageMs: undefined };
}

/** Of several ranges the one to be split: with most pages left, by the pace of its last one. Undefined: none is worth it. */
export function mostLeft(ranges: Iterable<LiveRange>, oldestMs: number): LiveRange | undefined {
  let most: LiveRange | undefined;
  let mostPages = MIN_PAGES_LEFT;
  for (const one of ranges) {
    const pages = pagesLeft(one, oldestMs);
    if (pages >= mostPages) [most, mostPages] = [one, pages];
  }
  return most;
}

/** Only where a reader has shown its pace since it began; in the newest range it has also said then where to go on. */
function pagesLeft(one: LiveRange, oldestMs: number): number {
  if (one.isEnded || one.pageMs === undefined || leftMs(one, oldestMs) < MIN_LEFT_MS) return 0;
  return leftMs(one, oldestMs) / one.pageMs;
}

function leftMs({ range, reachedMs = -Infinity }: LiveRange, oldestMs: number): number {
  return reachedMs - (range.fromMs ?? oldestMs);
}

/** Takes the older half of what is left off a range that is being read, by moving its lower bound. */
export function takeOlderHalf(one: LiveRange, id: number, oldestMs: number): LiveRange {
  const { range, reachedMs = 0 } = one; // known where `mostLeft` has chosen
  const middleMs = Math.ceil(reachedMs - leftMs(one, oldestMs) / 2);
  one.range = { ...range, fromMs: middleMs };
  return liveOf({ id, fromMs: range.fromMs, toMs: middleMs, cursor: undefined, reachedMs: undefined, status: "OPEN" });
}

/** Takes note of how far the reader has come. What is not older than before is a walk that began anew. */
export function advance(one: LiveRange, reachedMs: number, nowMs: number): void {
  const beforeMs = one.reachedMs ?? one.range.toMs ?? nowMs;
  if (reachedMs < beforeMs) [one.pageMs, one.reachedMs] = [beforeMs - reachedMs, reachedMs];
}
