import { createNotifier } from "../../runtime/notifier.ts";
import { type FeedChange, type FeedUnit, UNIT_LIMITS, unitOf } from "./feed-unit.ts";
import type { FeedPart } from "./read-feed.ts";

/**
 * Queue between the reader of a feed and the committer of its changes: while one unit is committed, the next one is
 * read. Small transactions that wait are committed together.
 */
export interface UnitQueue {
  /** Adds a transaction. Resolves when there is room for another one, or when the queue has ended. */
  put(transaction: FeedPart): Promise<void>;
  /** Adds a transaction that is on disk. */
  putLarge(unit: FeedUnit): Promise<void>;
  /** Ends the queue: what is not committed yet is dropped, because the upstream sends it again. */
  end(reason: unknown): Promise<void>;
  /** Returns the next unit. @throws the reason for which the queue has ended */
  take(): Promise<FeedUnit>;
}

/** Transactions that arrive within this time after a commit are committed together; a lone one does not wait. */
const COLLECT_MS = 4;

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
  const filled = createNotifier();
  const emptied = createNotifier();

  const isFull = (): boolean =>
    large !== undefined ||
    (small !== undefined && (small.changes.length >= UNIT_LIMITS.maxChanges || small.bytes >= UNIT_LIMITS.maxBytes));

  async function room(): Promise<void> {
    while (isFull() && ended === undefined) await emptied.wait(emptied.count());
  }

  async function collected(): Promise<void> {
    const untilMs = takenAtMs + COLLECT_MS;
    for (let ms = untilMs - performance.now(); ms > 0 && !isFull() && ended === undefined;) {
      await filled.wait(filled.count(), { ms });
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
      filled.fire();
      await room();
    },
    async putLarge(unit) {
      if (ended !== undefined) return unit.dispose();
      large = unit;
      filled.fire();
      await room();
    },
    async end(reason) {
      ended ??= { reason };
      filled.fire();
      emptied.fire();
      await large?.dispose();
      large = undefined;
    },
    async take() {
      for (;;) {
        while (small === undefined && large === undefined && ended === undefined) await filled.wait(filled.count());
        await collected();
        if (ended !== undefined) throw ended.reason;
        const unit = next();
        if (unit === undefined) continue;
        takenAtMs = performance.now();
        emptied.fire();
        return unit;
      }
    },
  };
}
