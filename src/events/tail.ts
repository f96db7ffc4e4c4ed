import { ServiceError } from "../domain/error.ts";
import { pauseUnlessAborted } from "../runtime/abort.ts";
import type { Database } from "../store/database.ts";
import { EVENTS_CHANNEL } from "./event.ts";
import type { Follower } from "./follower.ts";
import { keepListening } from "../store/keep-listening.ts";
import { createTenantTail, type TenantTail } from "./tenant-tail.ts";

/**
 * The end of the log as this process has read it: one reader per tenant that has subscribers. NOTIFY triggers a read
 * and may be lost with its session; a poll at a fixed interval finds every event that was missed.
 */
export interface EventTail {
  /** Current number of subscribers of all tenants. */
  readonly followers: number;
  follow(tenantId: string): Follower;
  close(): Promise<void>;
}

export interface EventTailOptions {
  readonly database: Database;
  /** Default 1,000: one second of delay if a notification was lost. */
  readonly pollIntervalMs?: number;
  /** Number of events per tenant kept in memory for subscribers that are up to date. Default 1,000. */
  readonly ringSize?: number;
  /** Maximum number of events read by one statement. Default 500. */
  readonly pageSize?: number;
  /** Called for each failure to read or to listen; both are retried without a limit. */
  readonly onProblem?: (problem: ServiceError) => void;
}

/** Opens the tail: it listens immediately, and polls while there are subscribers. */
export function createEventTail(options: EventTailOptions): EventTail {
  const { database, pollIntervalMs = 1_000, ringSize = 1_000, pageSize = 500, onProblem = () => undefined } = options;
  const tenants = new Map<string, TenantTail>();
  const stopping = new AbortController();

  const reading = new Set<Promise<void>>();

  function catchUp(tail: TenantTail): Promise<void> {
    const read = tail
      .catchUp()
      .catch((reason: unknown) => onProblem(ServiceError.from(reason)))
      .finally(() => reading.delete(read));
    reading.add(read);
    return read;
  }

  /** One tenant after the other: polling many tenants must not take the connection pool from interactive reads. */
  async function poll(): Promise<void> {
    while (!stopping.signal.aborted) {
      for (const tail of tenants.values()) await catchUp(tail);
      await pauseUnlessAborted(pollIntervalMs, stopping.signal);
    }
  }

  function tailOf(tenantId: string): TenantTail {
    const known = tenants.get(tenantId);
    if (known !== undefined) return known;
    const tail = createTenantTail({ database, tenantId, ringSize, pageSize, onIdle: () => tenants.delete(tenantId) });
    tenants.set(tenantId, tail);
    void catchUp(tail);
    return tail;
  }

  const listener = keepListening({
    database,
    channel: EVENTS_CHANNEL,
    onNotify(tenantId) {
      const tail = tenants.get(tenantId);
      if (tail !== undefined) void catchUp(tail);
    },
    onListening() {
      for (const tail of tenants.values()) void catchUp(tail);
    },
    onProblem,
  });
  const polling = poll();

  return {
    get followers() {
      return [...tenants.values()].reduce((sum, tail) => sum + tail.followers, 0);
    },
    follow: (tenantId) => tailOf(tenantId).follow(),
    async close() {
      stopping.abort();
      await Promise.all([polling, listener.close()]);
      await Promise.all(reading);
    },
  };
}
