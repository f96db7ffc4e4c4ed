import { LRUCache } from "lru-cache";
import { unlessAborted } from "../../runtime/abort.ts";
import { isKeyId } from "./key-id.ts";
import { createTokenBucket } from "../../runtime/token-bucket.ts";

const MINUTE_MS = 60_000;

/** Unknown key ids that may be fetched at once: with more, a flood would cost more than one fetch in some minutes. */
const BURST = 1;
/**
 * Maximum number of keys, and of ids without a key. A provider has a handful; the least recently used one is evicted
 * first.
 */
const MAX_ENTRIES = 100;
/** Time after which a key in use is fetched again, because only the response shows that it has expired. */
const REFRESH_AFTER_MS = 60 * MINUTE_MS;
/** A key that could not be refreshed for this long is dropped: by then it may have been revoked. */
const DROP_AFTER_MS = 24 * 60 * MINUTE_MS;
/**
 * Time for which an id counts as unknown after the provider reported no key for it. A key may be used before all of the
 * provider's servers know it.
 */
const UNKNOWN_FOR_MS = 5 * MINUTE_MS;
const FETCH_TIMEOUT_MS = 5000;

/** Options of `createKeyCache`. */
export interface KeyCacheOptions<Key> {
  /** Fetches a key. Undefined: the provider has no such key. Rejects if the provider could not be reached. */
  readonly fetchKey: (kid: string, signal: AbortSignal) => Promise<Key | undefined>;
  readonly nowMs: () => number;
  /** Called for each failed fetch, for the log. The calls that waited for it are rejected. */
  readonly onFetchFailed?: (reason: unknown) => void;
  /** Default: 5 s. A sender waits 10 s for our response. Source: Plaid docs, "Webhooks". */
  readonly fetchTimeoutMs?: number;
}

/** Verification keys of one provider by `kid`. */
export interface KeyCache<Key> {
  /**
   * Returns a key. Undefined: there is no such key, or it may not be fetched now. Never rejects: a caller that cannot
   * verify rejects the delivery.
   */
  get(kid: string): Promise<Key | undefined>;
}

interface KeptKey<Key> {
  readonly key: Key;
  readonly fetchedAtMs: number;
  /** Time of the last fetch, successful or not. */
  readonly triedAtMs: number;
}

/**
 * Caches keys, so that a call costs a fetch once an hour instead of each time, and limits the requests that
 * unauthenticated callers can make us send: a `kid` comes from a call that is not verified yet.
 * Uncached ids share one budget of one fetch a minute, whatever their names; an id that the provider did not know costs
 * nothing for 5 minutes. A fetch that finds a key is refunded to the budget, because attackers cannot invent ids that
 * the provider knows: so a rotation finds the new key at once. Cached keys do not use this budget: each may be fetched
 * once an hour (once a minute while that fails, with the cached key used meanwhile, for at most a day), so that a flood
 * cannot starve or evict the keys in use. A flood can keep the budget empty while a provider rotates: calls with the
 * new key are then rejected until its id gets a token, and the provider sends them again (Plaid for 24 hours). That is
 * the price of at most one fetch a minute, and it fails closed. A new key whose id arrives while another one is being
 * fetched is rejected too, until that fetch has ended. A revoked key is used until it is refreshed. Source: RFC 8725,
 * section 3.10 ("Do Not Trust Received Claims"), for `kid`.
 */
export function createKeyCache<Key extends object>(options: KeyCacheOptions<Key>): KeyCache<Key> {
  let opened: KeyCache<Key> | undefined;
  return {
    // Some 8 kB, mostly of the two caches: thousands of sources that get no call need none.
    get: async (kid) => (isKeyId(kid) ? (opened ??= openKeyCache(options)).get(kid) : undefined),
  };
}

function openKeyCache<Key extends object>(options: KeyCacheOptions<Key>): KeyCache<Key> {
  const { fetchKey, nowMs, onFetchFailed, fetchTimeoutMs = FETCH_TIMEOUT_MS } = options;
  // There are two maps, because invented ids must not evict keys.
  const keys = new LRUCache<string, KeptKey<Key>>({ max: MAX_ENTRIES });
  const unknownSinceMs = new LRUCache<string, number>({ max: MAX_ENTRIES });
  const running = new Map<string, Promise<Key | undefined>>();
  const newIds = createTokenBucket({ capacity: BURST, refillMs: MINUTE_MS, nowMs });

  function usable(kid: string): KeptKey<Key> | undefined {
    const kept = keys.get(kid);
    return kept !== undefined && nowMs() - kept.fetchedAtMs < DROP_AFTER_MS ? kept : undefined;
  }

  function mayFetch(kid: string, kept: KeptKey<Key> | undefined): boolean {
    const now = nowMs();
    if (kept !== undefined) return now - kept.fetchedAtMs >= REFRESH_AFTER_MS && now - kept.triedAtMs >= MINUTE_MS;
    return now - (unknownSinceMs.get(kid) ?? -Infinity) >= UNKNOWN_FOR_MS && newIds.take();
  }

  async function fetchAndKeep(kid: string): Promise<Key | undefined> {
    try {
      const key = await withDeadline((signal) => fetchKey(kid, signal), fetchTimeoutMs);
      const now = nowMs();
      keys.delete(kid);
      if (key === undefined) unknownSinceMs.set(kid, now);
      else {
        keys.set(kid, { key, fetchedAtMs: now, triedAtMs: now });
        newIds.giveBack();
      }
      return key;
    } catch (reason) {
      onFetchFailed?.(reason);
      return usable(kid)?.key;
    } finally {
      running.delete(kid);
    }
  }

  return {
    async get(kid) {
      const already = running.get(kid);
      if (already !== undefined) return already;
      const kept = usable(kid);
      if (!mayFetch(kid, kept)) return kept?.key;
      if (kept !== undefined) keys.set(kid, { ...kept, triedAtMs: nowMs() });
      const fetching = fetchAndKeep(kid);
      running.set(kid, fetching);
      return fetching;
    },
  };
}

/** Ends with the work or rejects at the deadline, even if the work ignores its signal. */
function withDeadline<T>(work: (signal: AbortSignal) => Promise<T>, timeoutMs: number): Promise<T> {
  const signal = AbortSignal.timeout(timeoutMs);
  return unlessAborted(work(signal), signal);
}
