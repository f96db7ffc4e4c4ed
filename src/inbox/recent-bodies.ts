/** Bodies of deliveries that this process has just stored, so that applying them need not read them back. */
export interface RecentBodies {
  /** Remembers a body; the oldest are forgotten when there are too many bytes. */
  add(id: string, body: Uint8Array): void;
  get(id: string): Uint8Array | undefined;
  delete(ids: readonly string[]): void;
}

/** Reading a body back costs the database and us about as much as storing it did, and most are applied at once. */
export function createRecentBodies(maxBytes: number): RecentBodies {
  const bodies = new Map<string, Uint8Array>();
  let bytes = 0;

  function remove(id: string): void {
    bytes -= bodies.get(id)?.byteLength ?? 0;
    bodies.delete(id);
  }

  return {
    add(id, body) {
      remove(id);
      bodies.set(id, body);
      bytes += body.byteLength;
      for (const oldest of bodies.keys()) {
        if (bytes <= maxBytes) return;
        remove(oldest);
      }
    },
    get: (id) => bodies.get(id),
    delete: (ids) => ids.forEach(remove),
  };
}
