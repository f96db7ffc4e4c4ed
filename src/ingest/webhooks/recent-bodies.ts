import { LRUCache } from "lru-cache";

/** Bodies of deliveries that this process has just stored, so that applying them need not read them back. */
export interface RecentBodies {
  /** Stores a body; the oldest are evicted when there are too many bytes. */
  add(id: string, body: Uint8Array): void;
  get(id: string): Uint8Array | undefined;
  delete(ids: readonly string[]): void;
}

/**
 * Reading a body back costs the database and this process about as much as storing it did, and most are applied
 * immediately.
 */
export function createRecentBodies(maxBytes: number): RecentBodies {
  const bodies = new LRUCache<string, Uint8Array>({
    maxSize: maxBytes,
    sizeCalculation: ({ byteLength }) => Math.max(1, byteLength), // an empty body has a size too
  });
  return {
    add: (id, body) => void bodies.set(id, body),
    get: (id) => bodies.peek(id), // those that arrived first are applied first, however often they are read
    delete: (ids) => ids.forEach((id) => bodies.delete(id)),
  };
}
