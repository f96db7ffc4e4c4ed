import { z } from "zod";
import { keepListening } from "../../store/keep-listening.ts";
import type { Database } from "../../store/database.ts";
import type { Clock } from "../../runtime/clock.ts";
import type { BudgetStore } from "./budget-store.ts";
import { createClockOffset } from "./clock-offset.ts";
import { startHeartbeat } from "./heartbeat.ts";
import { BUDGETS_CHANNEL, createPostgresStore } from "./postgres-store.ts";
import type { JoinShare } from "./share.ts";
import { createSharedLeases } from "./shared-leases.ts";

export type OnBucketClosed = (bucket: string, closeForMs: number) => void;

/** State of every credential that the replicas share. */
export interface SharedBudgets {
  /** Returns the buckets of one credential. */
  store(credential: string): BudgetStore;
  readonly join: JoinShare;
  /**
   * Subscribes to closures of buckets of one credential that the upstream signalled to another replica; the returned
   * function ends that.
   */
  subscribe(credential: string, onClosed: OnBucketClosed): () => void;
}

const NOTICE = z.object({ credential: z.string(), bucket: z.string(), closeForMs: z.number() });

/** Opens budgets stored in the database. `close` must be called after that of the upstreams that use them. */
export function openSharedBudgets(options: {
  /** Preferably a separate pool: a permit that waits behind slow queries is late. */
  readonly database: Database;
  /** Name of this process: different in each, and after each restart. */
  readonly replica: string;
  readonly clock: Clock;
  readonly onProblem: (reason: unknown) => void;
}): SharedBudgets & { close(): Promise<void> } {
  const { database, clock, onProblem } = options;
  const listeners = new Map<string, OnBucketClosed>();
  const leases = createSharedLeases({ database, clock, offset: createClockOffset() });
  const heartbeat = startHeartbeat(options);
  const listener = keepListening({
    database,
    channel: BUDGETS_CHANNEL,
    onNotify(payload) {
      const { credential, bucket, closeForMs } = NOTICE.parse(JSON.parse(payload)); // our own format: postgres-store.ts
      listeners.get(credential)?.(bucket, closeForMs);
    },
    onListening: () => undefined, // missed closures arrive with the next lease
    onProblem,
  });
  return {
    store: (credential) => createPostgresStore({ database, credential, clock, leases }),
    join: heartbeat.join,
    subscribe(credential, onClosed) {
      listeners.set(credential, onClosed);
      // An upstream that was opened meanwhile has replaced it.
      return () => void (listeners.get(credential) === onClosed && listeners.delete(credential));
    },
    async close() {
      await Promise.all([heartbeat.close(), listener.close()]);
    },
  };
}
