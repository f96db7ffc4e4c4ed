import { isKeyId } from "./key-id.ts";
import { createTokenBucket } from "./token-bucket.ts";

const MINUTE_MS = 60_000;

/** Ids without a key that may be asked for at once: with more, a flood would cost more than one fetch in some minute. */
const BURST = 1;
/** Of keys, and of ids without one. A provider has a handful; the eldest goes first. */
const MAX_ENTRIES = 100;
/** A key in use is asked for again, since only the answer says that it has expired. */
const REFRESH_AFTER_MS = 60 * MINUTE_MS;
/** A key that could not be asked for again for this long is dropped: by then it may have been revoked. */
const DROP_AFTER_MS = 24 * 60 * MINUTE_MS;
/** How long an id stays without a key when the provider knew none. A key may be used before all its servers know it. */
const UNKNOWN_FOR_MS = 5 * MINUTE_MS;
const FETCH_TIMEOUT_MS = 5000;

/** What `createKeyCache` needs. */
export interface KeyCacheOptions<Key> {
  /** Undefined: the provider has no such key. Rejects when it could not be asked. */
  readonly fetchKey: (kid: string, signal: AbortSignal) => Promise<Key | undefined>;
  readonly nowMs: () => number;
  /** Told of each fetch that failed, for the log. The calls that waited for it are refused. */
  readonly onFetchFailed?: (reason: unknown) => void;
  /** Default: 5 s. A sender waits 10 s for our answer. Source: Plaid docs, "Webhooks". */
  readonly fetchTimeoutMs?: number;
}

/** Verification keys of one provider by `kid`. */
export interface KeyCache<Key> {
  /** Undefined: there is no such key, or it may not be asked for now. Never rejects: who cannot verify refuses. */
  get(kid: string): Promise<Key | undefined>;
}

interface KeptKey<Key> {
  readonly key: Key;
  readonly fetchedAtMs: number;
  /** When it was last asked for, whether or not that worked. */
  readonly triedAtMs: number;
}

/**
 * Keeps keys, so that a call costs a fetch once an hour and not each time, and holds back what strangers can make us
 * send: a `kid` comes from a call that nobody has verified.
 *
 * Ids that are not kept share one budget, one fetch a minute, whatever they are called; one that the provider did not
 * know costs nothing for 5 minutes. A fetch that finds a key is given back to it, since strangers cannot make up ids that
 * the provider knows: so a rotation finds the new key at once. Keys that are kept have no part in it: each may be
 * asked for once an hour (once a minute while that fails, with the kept key used meanwhile, for a day at the most), so
 * that a flood cannot starve or push out the keys in use. What a flood can do is to hold the budget empty while a
 * provider rotates: calls with the new key are then refused until its id gets a token, and the provider sends them
 * again (Plaid for 24 hours). That is the price of at most one fetch a minute, and it fails closed. A new key whose id
 * comes while another one is being fetched is refused too, until that fetch has ended. A key that was revoked is used
 * until it is asked for again.
 * Source: RFC 8725, section 3.10 ("Do Not Trust Received Claims"), for `kid`.
 */
export function createKeyCache<Key extends object>(options: KeyCacheOptions<Key>): KeyCache<Key> {
  const { fetchKey, nowMs, onFetchFailed, fetchTimeoutMs = FETCH_TIMEOUT_MS } = options;
  // Two maps: ids that strangers made up must not push out keys.
  const keys = new Map<string, KeptKey<Key>>();
  const unknownSinceMs = new Map<string, number>();
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
      if (key === undefined) setBounded(unknownSinceMs, kid, now);
      else {
        setBounded(keys, kid, { key, fetchedAtMs: now, triedAtMs: now });
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
      if (!isKeyId(kid)) return undefined;
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

/** Settles with the work or rejects at the deadline, also when the work does not heed its signal. */
async function withDeadline<T>(work: (signal: AbortSignal) => Promise<T>, timeoutMs: number): Promise<T> {
  const signal = AbortSignal.timeout(timeoutMs);
  const { promise: late, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    return await Promise.race([work(signal), late]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

/** Sets a value as the youngest, and lets the eldest go when there are too many. */
function setBounded<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.delete(key);
  map.set(key, value);
  const [eldest] = map.keys();
  if (map.size > MAX_ENTRIES && eldest !== undefined) map.delete(eldest);
}
