import { LRUCache } from "lru-cache";
import type { UpstreamClient } from "../connector-api/client.ts";
import type { Lane } from "./budget/lane.ts";
import type { UpstreamSettings } from "./upstream-settings.ts";
import type { Upstream } from "./upstream.ts";

export interface UpstreamPoolOptions {
  /** Time without a call after which an upstream is closed. Default: one minute. */
  readonly idleMs?: number;
}

/**
 * The upstreams that are in use. Each is opened by its first call and closed after a minute without one, so that a
 * process with thousands of credentials keeps sockets, budgets and breakers only for those that it calls.
 */
export interface UpstreamPool {
  /** Opened upstreams by the name of their credential. */
  readonly open: ReadonlyMap<string, Upstream>;
  /** Returns the clients of one credential. Its settings apply from now on, also to an upstream that is open. */
  bind(binding: UpstreamBinding): UpstreamClients;
  /** Resolves when every call has ended and every socket is closed. */
  close(): Promise<void>;
}

/** What an upstream is opened by. */
export interface UpstreamBinding {
  /** Name of the credential. */
  readonly credential: string;
  readonly settings: UpstreamSettings;
  /** Creates the upstream of this credential, with the newest settings. */
  readonly create: (settings: UpstreamSettings) => Upstream;
}

/** Returns a client of one credential, which may be kept as long as the process lives. */
export type UpstreamClients = (lane: Lane, tenantId: string) => UpstreamClient;

interface Opened {
  readonly upstream: Upstream;
  /** Calls in flight. */
  calls: number;
  idle: NodeJS.Timeout | undefined;
}

const IDLE_MS = 60_000;
/** Credentials whose newest settings are remembered: a source that was opened before a change may still be in use. */
const MAX_SETTINGS = 2_000;

export function createUpstreamPool({ idleMs = IDLE_MS }: UpstreamPoolOptions = {}): UpstreamPool {
  const opened = new Map<string, Opened>();
  const open = new Map<string, Upstream>();
  const closing = new Set<Promise<void>>();
  const newest = new LRUCache<string, UpstreamSettings>({ max: MAX_SETTINGS });

  function take({ credential, settings, create }: UpstreamBinding): Opened {
    const existing = opened.get(credential);
    if (existing !== undefined) {
      clearTimeout(existing.idle);
      existing.calls += 1;
      return existing;
    }
    const upstream = create(newest.get(credential) ?? settings);
    const taken = { upstream, calls: 1, idle: undefined };
    opened.set(credential, taken);
    open.set(credential, upstream);
    return taken;
  }

  function giveBack(credential: string, taken: Opened): void {
    taken.calls -= 1;
    if (taken.calls === 0) taken.idle = setTimeout(() => end(credential, taken), idleMs).unref();
  }

  /** A call that begins while the upstream closes opens another one. */
  function end(credential: string, { upstream }: Opened): void {
    opened.delete(credential);
    open.delete(credential);
    const closed = upstream.close().finally(() => closing.delete(closed));
    closing.add(closed);
  }

  return {
    open,
    bind(binding) {
      const { credential, settings } = binding;
      newest.set(credential, settings);
      open.get(credential)?.change(settings);
      return (lane, tenantId) => ({
        async send(request, signal) {
          const taken = take(binding);
          try {
            return await taken.upstream.client(lane, tenantId).send(request, signal);
          } finally {
            giveBack(credential, taken);
          }
        },
      });
    },
    async close() {
      for (const [credential, taken] of opened) {
        clearTimeout(taken.idle);
        end(credential, taken);
      }
      await Promise.all(closing);
    },
  };
}
