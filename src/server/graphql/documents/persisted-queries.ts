import { LRUCache } from "lru-cache";

/** Limits of the texts that clients have registered, in one process. */
export interface PersistedQueryLimits {
  /** Number of texts of one tenant. */
  readonly maxTexts: number;
  /** Bytes of the texts of one tenant. */
  readonly maxTenantBytes: number;
  /** Bytes of all texts: where there are many tenants, each has an equal share of it. */
  readonly maxBytes: number;
}

/** Several times what the clients of one tenant send; a text of a client has about one kilobyte. */
export const PERSISTED_QUERY_LIMITS: PersistedQueryLimits = {
  maxTexts: 1_000,
  maxTenantBytes: 4 * 1024 * 1024,
  maxBytes: 64 * 1024 * 1024,
};

/** Bytes of an entry beside its text: the hash and the cache's own records. */
const ENTRY_BYTES = 256;
/** Upper bound: V8 stores a character in one byte, or in two if the text has one outside Latin-1. */
const CHARACTER_BYTES = 2;

/** Texts that clients have registered by their hash; each tenant has a store of its own. */
export interface PersistedQueries {
  find(tenantId: string, sha256Hash: string): string | undefined;
  /** Stores a text; the least recently used texts of the same tenant are evicted. One above the limit is not stored. */
  register(tenantId: string, sha256Hash: string, text: string): void;
}

/**
 * Creates the stores. No tenant can evict the text of another one, or find out which texts it has registered.
 * @param tenantCount returns the number of tenants among which `maxBytes` is divided. When it has changed, all stores begin
 * again with other sizes: clients register their texts again.
 */
export function createPersistedQueries(
  tenantCount: () => number,
  { maxTexts, maxTenantBytes, maxBytes }: PersistedQueryLimits = PERSISTED_QUERY_LIMITS,
): PersistedQueries {
  const stores = new Map<string, LRUCache<string, string>>();
  let count = 0;
  let maxSize = 0;

  function requireSize(): void {
    const now = Math.max(1, tenantCount());
    if (now === count) return;
    stores.clear();
    count = now;
    maxSize = Math.max(1, Math.floor(Math.min(maxTenantBytes, maxBytes / now)));
  }

  return {
    find: (tenantId, sha256Hash) => stores.get(tenantId)?.get(sha256Hash),
    register(tenantId, sha256Hash, text) {
      requireSize();
      const store = stores.get(tenantId) ?? new LRUCache<string, string>({ max: maxTexts, maxSize, sizeCalculation });
      stores.set(tenantId, store);
      store.set(sha256Hash, text);
    },
  };
}

function sizeCalculation(text: string): number {
  return ENTRY_BYTES + CHARACTER_BYTES * text.length;
}
