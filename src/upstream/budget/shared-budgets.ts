import { z } from "zod";
import { keepListening } from "../../store/keep-listening.ts";
import type { Database } from "../../store/database.ts";
import type { Clock } from "../clock.ts";
import type { BudgetStore } from "./budget-store.ts";
import { startHeartbeat } from "./heartbeat.ts";
import { BUDGETS_CHANNEL, createPostgresStore } from "./postgres-store.ts";
import type { JoinShare } from "./share.ts";

/** What the replicas share of every credential. */
export interface SharedBudgets {
  /** The buckets of one credential. */
  store(credential: string): BudgetStore;
  readonly join: JoinShare;
  /** Hears of buckets of one credential that another replica was told to stay away from. */
  hear(credential: string, onClosed: (bucket: string, closeForMs: number) => void): void;
}

const NOTICE = z.object({ credential: z.string(), bucket: z.string(), closeForMs: z.number() });

/** Budgets kept in the database. `close` comes after that of the upstreams that use them. */
export function openSharedBudgets(options: {
  /** Best one of its own: a permit that waits behind slow queries is late. */
  readonly database: Database;
  /** Names this process: different in each, also after a restart. */
  readonly replica: string;
  readonly clock: Clock;
  readonly onProblem: (reason: unknown) => void;
}): SharedBudgets & { close(): Promise<void> } {
  const { database, clock, onProblem } = options;
  const ears = new Map<string, (bucket: string, closeForMs: number) => void>();
  const heartbeat = startHeartbeat(options);
  const listener = keepListening({
    database,
    channel: BUDGETS_CHANNEL,
    onNotify(payload) {
      const { credential, bucket, closeForMs } = NOTICE.parse(JSON.parse(payload)); // our own: postgres-store.ts
      ears.get(credential)?.(bucket, closeForMs);
    },
    onListening: () => undefined, // what was missed comes with the next lease
    onProblem,
  });
  return {
    store: (credential) => createPostgresStore({ database, credential, clock }),
    join: heartbeat.join,
    hear: (credential, onClosed) => void ears.set(credential, onClosed),
    async close() {
      await Promise.all([heartbeat.close(), listener.close()]);
    },
  };
}
