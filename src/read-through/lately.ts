/**
 * What this process has fetched in the last moments. An operation that has read an object's row just before a fetch of
 * others was committed, and asks just after it, needs no fetch of its own: its row is only to be read again.
 */
export interface Lately {
  /** @param atMs on the monotonic clock: when the answer was there */
  note(id: string, atMs: number): void;
  /** When it was observed last; long ago when that is not known. */
  observedAtMs(id: string): number;
}

/** Many times what is fetched between two statements of one operation. Forgetting costs a call, nothing else. */
const MAX_IDS = 10_000;

/** Nothing was fetched yet. */
export function createLately(): Lately {
  const moments = new Map<string, number>();
  return {
    note(id, atMs) {
      moments.delete(id); // a Map keeps the order of insertion
      moments.set(id, atMs);
      if (moments.size <= MAX_IDS) return;
      for (const [oldest] of moments) {
        moments.delete(oldest);
        return;
      }
    },
    observedAtMs: (id) => moments.get(id) ?? -Infinity,
  };
}
