import type { CheckpointMessage } from "../../../connector-api/messages.ts";
import { advance, liveOf, type LiveRange, mostLeft, takeOlderHalf } from "./live-range.ts";
import { type Horizon, progressOf, type Range, type RangeCheckpoint, type RangeStatus, type Walk } from "./range.ts";

export interface RangeSetOptions extends Horizon {
  /** The stored state of an unfinished walk; undefined: the read begins with `root` alone. */
  readonly walk: Walk | undefined;
  /** The complete range to be read, with the current cursor of a read without ranges. */
  readonly root: Pick<Range, "fromMs" | "toMs" | "cursor">;
  /** True if the connector's stream can be read by range. */
  readonly isRanged: boolean;
}

/** Values that a batch's transaction writes in addition to its records. */
export interface RangeCommit {
  /** New and changed ranges. */
  readonly ranges: readonly Range[];
  /** Next cursor of the walk; undefined before one began. */
  readonly next: unknown;
  /** Current cursor of the stream, to be stored where its mode stores it; undefined: unchanged. */
  readonly cursor: unknown;
  /** True if all ranges are read: the stream continues at `cursor`, and the ranges can be deleted. */
  readonly isOver: boolean;
  readonly progress: number | undefined;
}

/**
 * Ranges of a stream while it is read. Readers take ranges and note their checkpoints as they arrive; the committer
 * requests the values to write with each batch. The two run independently: `note` is ahead of `commit` by the messages
 * that are queued between them.
 * A read that does not report a walk (the changes since a cursor, a stream without times) is one range that is never
 * split, and its cursor is the stream's own.
 */
export interface RangeSet {
  /**
   * Returns true if the read has turned out to be a walk over the past: the connector decides that by the cursor that
   * it receives.
   */
  isWalk(): boolean;
  /**
   * Returns a range for an idle reader: a waiting one, or the older half of the one with most left to read. Undefined:
   * no range is worth a reader.
   */
  take(): Range | undefined;
  /**
   * Records a checkpoint of a reader; `found` is true if the reader has emitted any object yet. With a status other
   * than OPEN the range ends here, even if the connector would continue: older objects belong to another range.
   */
  note(rangeId: number, checkpoint: CheckpointMessage<unknown>, found: boolean): RangeCheckpoint;
  /**
   * Records that the connector has read a range completely; undefined if that was recorded before, or if it has no
   * consequences.
   */
  end(rangeId: number, found: boolean): RangeCheckpoint | undefined;
  /**
   * Returns the changes by a batch's checkpoints, and the splits since the last commit, in the order in which they were
   * noted.
   */
  commit(checkpoints: readonly RangeCheckpoint[]): RangeCommit;
}

/** Creates the set from the stored state, or with one range. */
export function createRangeSet({ walk, root, isRanged, oldestMs, nowMs }: RangeSetOptions): RangeSet {
  const stored = walk?.ranges ?? [{ ...root, id: 0, reachedMs: undefined, status: "OPEN" as const }];
  const live = new Map(stored.map((range) => [range.id, liveOf(range)]));
  const changed = new Set<number>();
  let next = walk?.next;

  function split(): LiveRange | undefined {
    const largest = mostLeft(live.values(), oldestMs);
    if (largest === undefined) return undefined;
    const older = takeOlderHalf(largest, Math.max(...live.keys()) + 1, oldestMs);
    live.set(older.range.id, older);
    changed.add(largest.range.id).add(older.range.id);
    return older;
  }

  function requireRange(id: number): LiveRange {
    const one = live.get(id);
    if (one === undefined) throw new TypeError(`there is no range ${id}`);
    return one;
  }

  function checkpointOf(one: LiveRange, isEnd: boolean, found: boolean, progress?: number): RangeCheckpoint {
    const { range, cursor, reachedMs } = one;
    one.isEnded = isEnd;
    const wasFound = found || range.cursor !== undefined; // emitted by an earlier reader
    const status: RangeStatus = !isEnd ? "OPEN" : wasFound ? "DONE" : "EMPTY";
    return { rangeId: range.id, cursor, reachedMs, status, isWalk: next !== undefined, progress };
  }

  return {
    isWalk: () => next !== undefined,
    take() {
      const waiting = live.values().find(({ isTaken, isEnded }) => !isTaken && !isEnded);
      const taken = waiting ?? (isRanged ? split() : undefined);
      if (taken === undefined) return undefined;
      taken.isTaken = true;
      return taken.range;
    },
    note(rangeId, checkpoint, found) {
      const one = requireRange(rangeId);
      one.cursor = checkpoint.cursor;
      // Only the first value counts: a walk that has to restart in its middle reports a later one, too late for what
      // other readers have read.
      next ??= checkpoint.next;
      const isLast = next !== undefined && checkpoint.next === undefined;
      const reachedMs = checkpoint.reached === undefined ? Infinity : Date.parse(checkpoint.reached);
      advance(one, reachedMs, nowMs);
      const isAtEnd = isLast || reachedMs <= (one.range.fromMs ?? -Infinity);
      return checkpointOf(one, isAtEnd, found, checkpoint.progress);
    },
    end(rangeId, found) {
      const one = requireRange(rangeId);
      if (one.isEnded) return undefined;
      const checkpoint = checkpointOf(one, true, found);
      return checkpoint.isWalk ? checkpoint : undefined;
    },
    commit(checkpoints) {
      for (const { rangeId, cursor, reachedMs, status, isWalk } of checkpoints) {
        if (!isWalk) continue;
        const one = requireRange(rangeId);
        one.range = { ...one.range, cursor, reachedMs, status };
        changed.add(rangeId);
      }
      const single = checkpoints.findLast(({ isWalk }) => !isWalk);
      if (changed.size === 0) {
        return { ranges: [], next, cursor: single?.cursor, isOver: false, progress: single?.progress };
      }
      const all = [...live.values()].map(({ range }) => range);
      const ranges = all.filter(({ id }) => changed.has(id));
      changed.clear();
      const isOver = all.every(({ status }) => status !== "OPEN");
      const progress = progressOf(all, { oldestMs, nowMs });
      return { ranges, next, cursor: isOver ? next : single?.cursor, isOver, progress };
    },
  };
}
