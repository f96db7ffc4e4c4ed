import { LRUCache } from "lru-cache";
import type { UpstreamClient } from "../connector-api/client.ts";
import type { Lane } from "./budget/lane.ts";
import type { UpstreamSettings } from "./upstream-settings.ts";
import type { Upstream } from "./upstream.ts";

export interface UpstreamPoolOptions {
  /** Time without a call after which an upstream is closed. Default: one minute. */
  readonly idleMs?: number;
  /** Maximum number of upstreams that are kept without a call in flight. Default: 100. */
  readonly maxIdle?: number;
}

/**
 * The upstreams that are in use. Each is opened by its first call and closed after a minute without one, or earlier when
 * many others were called since: a process with thousands of credentials keeps sockets, budgets and breakers only for
 * those that it calls.
 */
export interface UpstreamPool {
  /** Opened upstreams by the name of their credential. */
  readonly open: ReadonlyMap<string, Upstream>;
  /** Settings of a credential that apply from now on, also to an upstream that is open. */
  set(credential: string, settings: MakeSettings): void;
  /** Returns a client of one credential, which may be kept as long as the process lives. Tenants take turns within a lane. */
  client(binding: UpstreamBinding, lane: Lane, tenantId: string): UpstreamClient;
  /** Resolves when every call has ended and every socket is closed. */
  close(): Promise<void>;
}

/** Makes settings when they are needed: most of thousands of sources are not called for minutes. */
export type MakeSettings = () => UpstreamSettings;

/** What an upstream is opened by. */
export interface UpstreamBinding {
  /** Name of the credential. */
  readonly credential: string;
  readonly settings: MakeSettings;
  /** Creates the upstream of this credential, with the newest settings. */
  readonly create: (settings: UpstreamSettings) => Upstream;
  /** Called before each call of the client: another source with the same credential has a binding of its own. */
  readonly onUse?: () => void;
}

interface Opened {
  readonly upstream: Upstream;
  /** Calls in flight. */
  calls: number;
  idle: NodeJS.Timeout | undefined;
}

const IDLE_MS = 60_000;
/**
 * Each takes some 50 kB with its sockets. Polls of thousands of sources open up to fifty a second, none of which is called
 * again soon; a source with a short schedule is one of few.
 */
const MAX_IDLE = 100;
/** Credentials whose newest settings are remembered: a source that was opened before a change may still be in use. */
const MAX_SETTINGS = 2_000;

export function createUpstreamPool(options: UpstreamPoolOptions = {}): UpstreamPool {
  const { idleMs = IDLE_MS, maxIdle = MAX_IDLE } = options;
  const opened = new Map<string, Opened>();
  /** Opened upstreams without a call in flight; the first one has been idle for longest. */
  const idle = new Map<string, Opened>();
  const open = new Map<string, Upstream>();
  const closing = new Set<Promise<void>>();
  const newest = new LRUCache<string, MakeSettings>({ max: MAX_SETTINGS });

  function take({ credential, settings, create, onUse }: UpstreamBinding): Opened {
    onUse?.();
    const existing = opened.get(credential);
    if (existing !== undefined) {
      clearTimeout(existing.idle);
      idle.delete(credential);
      existing.calls += 1;
      return existing;
    }
    const upstream = create((newest.get(credential) ?? settings)());
    const taken = { upstream, calls: 1, idle: undefined };
    opened.set(credential, taken);
    open.set(credential, upstream);
    return taken;
  }

  function giveBack(credential: string, taken: Opened): void {
    taken.calls -= 1;
    if (taken.calls > 0) return;
    taken.idle = setTimeout(() => end(credential, taken), idleMs).unref();
    idle.set(credential, taken);
    const [longest] = idle;
    if (longest !== undefined && idle.size > maxIdle) end(...longest);
  }

  /** A call that begins while the upstream closes opens another one. */
  function end(credential: string, { upstream, idle: timer }: Opened): void {
    clearTimeout(timer);
    idle.delete(credential);
    opened.delete(credential);
    open.delete(credential);
    const closed = upstream.close().finally(() => closing.delete(closed));
    closing.add(closed);
  }

  return {
    open,
    set(credential, settings) {
      newest.set(credential, settings);
      open.get(credential)?.change(settings());
    },
    client(binding, lane, tenantId) {
      const { credential } = binding;
      async function use<Answer>(task: (client: UpstreamClient) => Promise<Answer>): Promise<Answer> {
        const taken = take(binding);
        try {
          return await task(taken.upstream.client(lane, tenantId));
        } finally {
          giveBack(credential, taken);
        }
      }
      return {
        send: (request, signal) => use((client) => client.send(request, signal)),
        call: (call, signal) => use((client) => client.call(call, signal)),
        async *follow(stream, signal) {
          const taken = take(binding);
          try {
            yield* taken.upstream.client(lane, tenantId).follow(stream, signal);
          } finally {
            giveBack(credential, taken);
          }
        },
      };
    },
    async close() {
      for (const [credential, taken] of opened) end(credential, taken);
      await Promise.all(closing);
    },
  };
}
