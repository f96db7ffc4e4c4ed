/** A map that forgets what was not used for longest, bounded in number and in weight. */
export interface LruCache<Value> {
  get(key: string): Value | undefined;
  /** @param weight in the unit of `maxWeight`; an entry heavier than all of it is not kept */
  set(key: string, value: Value, weight: number): void;
  readonly size: number;
}

export interface LruCacheOptions {
  readonly maxEntries: number;
  readonly maxWeight: number;
}

/** Starts empty. */
export function createLruCache<Value>({ maxEntries, maxWeight }: LruCacheOptions): LruCache<Value> {
  const entries = new Map<string, { readonly value: Value; readonly weight: number }>(); // in order of use
  let total = 0;

  function remove(key: string): void {
    total -= entries.get(key)?.weight ?? 0;
    entries.delete(key);
  }

  return {
    get(key) {
      const entry = entries.get(key);
      if (entry === undefined) return undefined;
      entries.delete(key);
      entries.set(key, entry);
      return entry.value;
    },
    set(key, value, weight) {
      remove(key);
      if (weight > maxWeight) return;
      entries.set(key, { value, weight });
      total += weight;
      for (const oldest of entries.keys()) {
        if (entries.size <= maxEntries && total <= maxWeight) break;
        remove(oldest);
      }
    },
    get size() {
      return entries.size;
    },
  };
}
