import { LRUCache } from "lru-cache";

/**
 * Objects that this process has fetched recently. An operation that has read an object's row just before another
 * operation's fetch was committed, and requests it just after, needs no fetch of its own: its row only needs to be read
 * again.
 */
export interface RecentFetches {
  /** @param atMs time on the monotonic clock when the response arrived */
  note(id: string, atMs: number): void;
  /** Returns when it was last observed; -Infinity if unknown. */
  observedAtMs(id: string): number;
}

/**
 * Many times the number of objects fetched between two statements of one operation. Evicting an entry only costs an
 * additional call.
 */
const MAX_IDS = 10_000;

/** Creates an empty list. */
export function createRecentFetches(): RecentFetches {
  const moments = new LRUCache<string, number>({ max: MAX_IDS });
  return {
    note: (id, atMs) => void moments.set(id, atMs),
    observedAtMs: (id) => moments.peek(id) ?? -Infinity, // evicted by time of fetch, not by time of use
  };
}
