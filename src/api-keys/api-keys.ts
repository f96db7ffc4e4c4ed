import { LRUCache } from "lru-cache";
import { randomBytes } from "node:crypto";
import { ServiceError } from "../domain/error.ts";
import { createGroupCommit, type GroupCommit } from "../runtime/group-commit.ts";
import { createLoop } from "../runtime/loop.ts";
import type { Database } from "../store/database.ts";
import {
  findUnrevoked,
  findUsableKeys,
  insertKey,
  type KeyName,
  type KeyReads,
  recordUses,
  revokeKey,
  type UsableKey,
} from "./api-key-store.ts";
import { createKey, readKey } from "./key-text.ts";
import { createOpenUses, type OnRevoked } from "./open-uses.ts";

/** Request to make a key; its values are valid. */
export interface CreateKeyRequest {
  readonly name: string;
  readonly scopes: readonly string[];
  /** RFC 3339. */
  readonly expiresAt: string;
  readonly createdBy: string;
}

/** Keys with which services call the graph. */
export interface ApiKeys {
  /** @returns its id, and its text, which nothing can show again @throws ServiceError CONFLICT | STORE_UNAVAILABLE */
  create(tenantId: string, request: CreateKeyRequest): Promise<{ readonly id: string; readonly text: string }>;
  /**
   * Revokes a key: in this process at once, in every other within `ApiKeyTimes`.
   * @throws ServiceError NOT_FOUND | STORE_UNAVAILABLE
   */
  revoke(tenantId: string, id: string, revokedBy: string): Promise<void>;
  /**
   * Finds the key of a text and records its use; undefined for one that does not exist, has expired or was revoked.
   * @throws ServiceError STORE_UNAVAILABLE | OVERLOADED
   */
  find(text: string): Promise<UsableKey | undefined>;
  /** Calls `onRevoked` when the key of an open connection is revoked; returns the function that ends that. */
  watch(key: KeyName, onRevoked: OnRevoked): () => void;
  /** True if the key of an open connection is known to be revoked. */
  isRevoked(id: string): boolean;
  /** Begins to check the keys of open connections, and to store when keys were used. */
  start(): void;
  close(): Promise<void>;
}

export interface ApiKeysOptions {
  readonly db: Database;
  /** Where keys of callers are found: a caller must not wait behind background work. Default: `db`. */
  readonly lookupDb?: KeyReads;
  readonly random: () => number;
  readonly onProblem: (problem: ServiceError) => void;
  readonly times?: ApiKeyTimes;
}

/** Times after which a process learns of keys that another one has revoked. */
export interface ApiKeyTimes {
  /** Longest time for which such a key is still accepted for new requests. */
  readonly cachedMs: number;
  /** Interval at which the keys of open connections are checked. */
  readonly checkMs: number;
}

/** A few seconds, so that busy keys cost one statement per second at most. */
export const DEFAULT_API_KEY_TIMES: ApiKeyTimes = { cachedMs: 3_000, checkMs: 2_000 };
const MAX_CACHED = 10_000;
const MAX_LOOKUPS = 1_000;
const CLOSE_MS = 2_000;
const MINUTE_MS = 60_000;

/** Wrapped, because the cache also keeps which keys do not exist. */
interface Found {
  readonly key: UsableKey | undefined;
}

export function createApiKeys(options: ApiKeysOptions): ApiKeys {
  const { db, random, onProblem, times = DEFAULT_API_KEY_TIMES } = options;
  const lookups = createLookups(options.lookupDb ?? db);
  const cache = new LRUCache<string, Found>({
    max: MAX_CACHED,
    ttl: times.cachedMs,
    ignoreFetchAbort: true, // a lookup whose entry was displaced meanwhile is answered all the same
    fetchMethod: async (hash) => ({ key: await lookups.add(Buffer.from(hash, "base64")) }),
  });
  const open = createOpenUses();
  const uses = createUses(db);

  /** Refuses a key from now on, and ends what is open with it. */
  function forget(id: string): void {
    for (const [hash, found] of cache.entries()) if (found.key?.id === id) cache.delete(hash);
    open.revoke(id);
  }

  const loop = createLoop({
    pollMs: times.checkMs,
    random,
    onError: (reason) => onProblem(ServiceError.from(reason)),
    async round() {
      const keys = open.keys();
      for (const key of keys) uses.add(key);
      await uses.flush();
      if (keys.length === 0) return false;
      const unrevoked = await findUnrevoked(db, keys);
      for (const { id } of keys) if (!unrevoked.has(id)) forget(id);
      return false;
    },
  });

  return {
    async create(tenantId, request) {
      const { text, preview, hash } = createKey(randomBytes(32));
      const id = `key_${randomBytes(16).toString("base64url")}`;
      await insertKey(db, tenantId, { ...request, id, preview, hash });
      return { id, text };
    },
    async revoke(tenantId, id, revokedBy) {
      await revokeKey(db, { tenantId, id }, revokedBy);
      forget(id);
    },
    async find(text) {
      const hash = readKey(text);
      if (hash === undefined) return undefined;
      const found = await cache.fetch(Buffer.from(hash).toString("base64"));
      const key = found?.key;
      if (key === undefined || key.expiresAtMs <= Date.now()) return undefined;
      uses.add(key);
      return key;
    },
    watch: (key, onRevoked) => open.add(key, onRevoked),
    isRevoked: open.isRevoked,
    start: () => loop.start(),
    async close() {
      await loop.close(CLOSE_MS);
      lookups.refuseWaiting(new ServiceError("OVERLOADED", "the server is closing", { retryAfterMs: 1_000 }));
      await uses.flush().catch((reason: unknown) => onProblem(ServiceError.from(reason)));
    },
  };
}

/** Unknown keys cost one statement for all that arrive while one is being looked up, however many somebody tries. */
function createLookups(db: KeyReads): GroupCommit<Uint8Array, UsableKey | undefined> {
  const overloaded = () =>
    new ServiceError("OVERLOADED", "too many API keys are being checked", { retryAfterMs: 1_000 });
  return createGroupCommit<Uint8Array, UsableKey | undefined>({
    commit: (hashes) => findUsableKeys(db, hashes),
    sizeOf: () => 1,
    maxBatchSize: MAX_LOOKUPS,
    limits: {
      maxWaiting: 10 * MAX_LOOKUPS,
      maxWaitingSize: 10 * MAX_LOOKUPS,
      maxQueueMs: 5_000,
      maxWaitMs: 10_000,
      overloaded,
      timedOut: overloaded,
    },
  });
}

/** Uses of keys that are not stored yet. */
interface Uses {
  add(key: KeyName): void;
  /** Stores them with one statement for each tenant. @throws ServiceError STORE_UNAVAILABLE */
  flush(): Promise<void>;
}

function createUses(db: Database): Uses {
  /** Minute in which each key was stored last by this process. */
  const stored = new LRUCache<string, number>({ max: MAX_CACHED });
  const waiting = new Map<string, KeyName>();
  const minute = (): number => Math.floor(Date.now() / MINUTE_MS);
  return {
    add(key) {
      if (stored.get(key.id) !== minute()) waiting.set(key.id, key);
    },
    async flush() {
      const keys = [...waiting.values()];
      waiting.clear();
      for (const [tenantId, own] of Map.groupBy(keys, (key) => key.tenantId)) {
        const ids = own.map(({ id }) => id);
        await recordUses(db, tenantId, ids);
        for (const id of ids) stored.set(id, minute());
      }
    },
  };
}
