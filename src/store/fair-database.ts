import { createFairQueue } from "../runtime/fair-queue.ts";
import type { Database } from "./database.ts";
import { connectionsBusy } from "./store-error.ts";

/**
 * Longest wait for a connection. Background work that fails is tried again, so a longer wait only keeps a process from
 * giving its leases to one that has less to do.
 */
const MAX_WAIT_MS = 10_000;

/**
 * `awaited`: somebody outside waits for it, such as a subscriber or the sender of a mutation. `background`: nobody does,
 * such as a poll by schedule.
 */
export type WorkPriority = "awaited" | "background";

/** Returns the database for one kind of work, such as `files`. Default priority: `background`. */
export type DatabaseFor = (kind: string, priority?: WorkPriority) => Database;

/** With fewer connections none is kept free of background work. */
const LEAST_TO_KEEP_ONE_FREE = 3;

/**
 * Shares the connections of a database over tenants, and those of a tenant over kinds of work: a tenant's backfill
 * neither delays another tenant's nor its own mutations. Background work leaves one connection free, so that awaited
 * work does not wait until a poll has committed, whatever the number of sources; it gets no more turns than background
 * work while both wait. Its notifications are sent later, so that those of a webhook do not wait for them.
 * @param connections number of connections of the database
 */
export function shareDatabase(database: Database, connections: number): DatabaseFor {
  const waits = {
    maxWaiting: Infinity, // each loop waits for its own transaction, so there are as many waiters as loops
    maxWaitMs: MAX_WAIT_MS,
    overloaded: () => connectionsBusy(`no connection was free within ${MAX_WAIT_MS} ms`),
  };
  const all = createFairQueue({ ...waits, limits: [connections] });
  const free = connections >= LEAST_TO_KEEP_ONE_FREE ? 1 : 0;
  const background = createFairQueue({ ...waits, limits: [connections - free] });
  return (kind, priority = "background") => {
    const run = <T>(tenantId: string, work: () => Promise<T>): Promise<T> =>
      priority === "awaited"
        ? all.run([priority, tenantId, kind], work)
        : background.run([tenantId, kind], () => all.run([priority], work));
    const notifiesLate = priority === "background";
    return {
      ...database,
      transaction: (tenantId, work, limits) =>
        run(tenantId, () => database.transaction(tenantId, work, { notifiesLate, ...limits })),
      read: (tenantId, work, limits) => run(tenantId, () => database.read(tenantId, work, limits)),
      query: (text, values) => run("", () => database.query(text, values)),
      acrossTenants: (text, values) => run("", () => database.acrossTenants(text, values)),
    };
  };
}
