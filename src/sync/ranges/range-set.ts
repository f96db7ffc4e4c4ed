import type { CheckpointMessage } from "../../connector-api/messages.ts";
import { advance, liveOf, type LiveRange, mostLeft, takeOlderHalf } from "./live-range.ts";
import { type Horizon, progressOf, type Range, type RangeCheckpoint, type RangeStatus, type Walk } from "./range.ts";

export interface RangeSetOptions extends Horizon {
  /** What is stored of an unfinished walk; undefined: the read begins with `root` alone. */
  readonly walk: Walk | undefined;
  /** The whole of what is to be read, with the cursor at which a read without ranges stands. */
  readonly root: Pick<Range, "fromMs" | "toMs" | "cursor">;
  /** Whether the connector's stream can be read by range. */
  readonly isRanged: boolean;
}

/** What a batch's transaction writes besides its records. */
export interface RangeCommit {
  /** New and changed ranges. */
  readonly ranges: readonly Range[];
  /** Of the walk; undefined before one began. */
  readonly next: unknown;
  /** Where the stream stands now, to be kept where its mode keeps it; undefined: as before. */
  readonly cursor: unknown;
  /** All ranges are read: `cursor` says where to go on, and they can be forgotten. */
  readonly isOver: boolean;
  readonly progress: number | undefined;
}

/**
 * The ranges of a stream while it is read. Readers take ranges and note their checkpoints as they come; the committer
 * asks what to write with each batch. The two run apart: `note` is ahead of `commit` by what waits in between.
 *
 * A read that says nothing of a walk (what changed since, a stream without times) is one range that is never split,
 * and its cursor is the stream's own.
 */
export interface RangeSet {
  /** Whether the read has shown to be a walk over the past: the connector decides that, by the cursor that it is given. */
  isWalk(): boolean;
  /** A range for an idle reader: one that waits, or the older half of the one with most left. Undefined: nothing is worth it. */
  take(): Range | undefined;
  /**
   * A checkpoint of a reader, of which `found` says whether the reader has shown anything yet. With a status other than
   * OPEN the range ends here, also when the connector would go on: what is older is another's.
   */
  note(rangeId: number, checkpoint: CheckpointMessage<unknown>, found: boolean): RangeCheckpoint;
  /** The connector has nothing more of a range; undefined when that was noted before, or nobody needs to know. */
  end(rangeId: number, found: boolean): RangeCheckpoint | undefined;
  /** What a batch's checkpoints change, and splits since the last commit, in the order in which they were noted. */
  commit(checkpoints: readonly RangeCheckpoint[]): RangeCommit;
}

/** Makes the set from what is stored, or with one range. */
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
    const wasFound = found || range.cursor !== undefined; // by an earlier reader
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
      // Only the first: a walk that has to begin anew in its middle says a later one, too late for what others have read.
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
