import { createNotifier } from "../../runtime/notifier.ts";
import { type FeedChange, type FeedUnit, UNIT_LIMITS, unitOf } from "./feed-unit.ts";
import type { FeedPart } from "./read-feed.ts";

/**
 * Queue between the reader of a feed and the committer of its changes: while one unit is committed, the next one is
 * prepared, and the one after that is read. Small transactions that wait are committed together.
 */
export interface UnitQueue {
  /** Adds a transaction. Resolves when there is room for another one, or when the queue has ended. */
  put(transaction: FeedPart): Promise<void>;
  /** Adds a transaction that is on disk. */
  putLarge(unit: FeedUnit): Promise<void>;
  /** Ends the queue: what is not committed yet is dropped, because the upstream sends it again. */
  end(reason: unknown): Promise<void>;
  /**
   * Returns the next unit: at once if it is full and in memory, else when all units that were taken are committed,
   * because until then more transactions can join it.
   * @throws the reason for which the queue has ended
   */
  take(): Promise<FeedUnit>;
  /** Called when a unit that was taken is committed, or has failed. */
  committed(): void;
}

/**
 * Transactions that arrive within this time after the last unit was taken are committed together; a lone one does not
 * wait. Each commit costs as much processor time as a hundred changes or more, so that a feed with thousands of changes a
 * second in small transactions would otherwise spend more on commits than on changes.
 */
const COLLECT_MS = 25;

interface Waiting {
  readonly changes: FeedChange[];
  bytes: number;
  position: unknown;
}

export function createUnitQueue(): UnitQueue {
  /** Small transactions that wait together. */
  let small: Waiting | undefined;
  /** A large transaction, which comes after them. */
  let large: FeedUnit | undefined;
  let ended: { readonly reason: unknown } | undefined;
  let takenAtMs = -Infinity;
  /** Units that were taken and are not committed yet. */
  let uncommitted = 0;
  const changed = createNotifier();
  const emptied = createNotifier();

  const isFull = (): boolean =>
    large !== undefined ||
    (small !== undefined && (small.changes.length >= UNIT_LIMITS.maxChanges || small.bytes >= UNIT_LIMITS.maxBytes));

  /** A large transaction is on disk: taken earlier it would only occupy more of it. */
  const isReady = (): boolean =>
    ended !== undefined ||
    (small !== undefined && isFull()) ||
    (uncommitted === 0 && (small !== undefined || large !== undefined));

  async function room(): Promise<void> {
    while (isFull() && ended === undefined) await emptied.wait(emptied.count());
  }

  async function collected(): Promise<void> {
    const untilMs = takenAtMs + COLLECT_MS;
    for (let ms = untilMs - performance.now(); ms > 0 && !isFull() && ended === undefined;) {
      await changed.wait(changed.count(), { ms });
      ms = untilMs - performance.now();
    }
  }

  function next(): FeedUnit | undefined {
    if (small !== undefined) {
      const { changes, position } = small;
      small = undefined;
      return unitOf(changes, position);
    }
    const unit = large;
    large = undefined;
    return unit;
  }

  return {
    async put({ changes, bytes, checkpoint }) {
      small ??= { changes: [], bytes: 0, position: undefined };
      small.changes.push(...changes);
      small.bytes += bytes;
      small.position = checkpoint?.cursor;
      changed.fire();
      await room();
    },
    async putLarge(unit) {
      if (ended !== undefined) return unit.dispose();
      large = unit;
      changed.fire();
      await room();
    },
    async end(reason) {
      ended ??= { reason };
      changed.fire();
      emptied.fire();
      await large?.dispose();
      large = undefined;
    },
    async take() {
      for (;;) {
        while (!isReady()) await changed.wait(changed.count());
        await collected();
        if (ended !== undefined) throw ended.reason;
        const unit = next();
        if (unit === undefined) continue;
        takenAtMs = performance.now();
        uncommitted += 1;
        emptied.fire();
        return unit;
      }
    },
    committed() {
      uncommitted -= 1;
      changed.fire();
    },
  };
}
