/** The tenants that this process serves: those of the settings file as it was read last. */
export interface ServedTenants {
  /** At least one, in the order of the file. Another list after each change. */
  readonly ids: readonly string[];
  has(tenantId: string): boolean;
  /**
   * Calls back once, when the tenant is no longer served: at once if it is not served now.
   * @returns the function that ends this
   */
  watch(tenantId: string, onRemoved: () => void): () => void;
}

export interface ReplaceableTenants extends ServedTenants {
  /** Replaces the list. @returns the tenants that are no longer served */
  replace(ids: readonly string[]): readonly string[];
}

export function createServedTenants(first: readonly string[]): ReplaceableTenants {
  let ids = first;
  let served: ReadonlySet<string> = new Set(first);
  const watchers = new Map<string, Set<() => void>>();
  return {
    get ids() {
      return ids;
    },
    has: (tenantId) => served.has(tenantId),
    watch(tenantId, onRemoved) {
      const own = watchers.get(tenantId) ?? new Set();
      const watcher = (): void => onRemoved(); // the same function may be added twice
      if (served.has(tenantId)) watchers.set(tenantId, own.add(watcher));
      else queueMicrotask(watcher);
      return () => {
        own.delete(watcher);
        if (own.size === 0 && watchers.get(tenantId) === own) watchers.delete(tenantId);
      };
    },
    replace(next) {
      const before = ids;
      ids = next;
      served = new Set(next);
      const removed = before.filter((tenantId) => !served.has(tenantId));
      for (const tenantId of removed) {
        const own = [...(watchers.get(tenantId) ?? [])];
        watchers.delete(tenantId);
        for (const watcher of own) watcher();
      }
      return removed;
    },
  };
}
