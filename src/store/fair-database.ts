import { createFairQueue } from "../runtime/fair-queue.ts";
import type { Database } from "./database.ts";
import { connectionsBusy } from "./store-error.ts";

/**
 * Longest wait for a connection. Background work that fails is tried again, so a longer wait only keeps a process from
 * giving its leases to one that has less to do.
 */
const MAX_WAIT_MS = 10_000;

/** Returns the database for one kind of work, such as `files`. */
export type DatabaseFor = (kind: string) => Database;

/**
 * Shares the connections of a database over tenants, and those of a tenant over kinds of work: a tenant's backfill
 * neither delays another tenant's nor its own mutations.
 * @param connections number of connections of the database
 */
export function shareDatabase(database: Database, connections: number): DatabaseFor {
  const queue = createFairQueue({
    limits: [connections],
    maxWaiting: Infinity, // each loop waits for its own transaction, so there are as many waiters as loops
    maxWaitMs: MAX_WAIT_MS,
    overloaded: () => connectionsBusy(`no connection was free within ${MAX_WAIT_MS} ms`),
  });
  return (kind) => ({
    ...database,
    transaction: (tenantId, work, limits) =>
      queue.run([tenantId, kind], () => database.transaction(tenantId, work, limits)),
    read: (tenantId, work, limits) => queue.run([tenantId, kind], () => database.read(tenantId, work, limits)),
    query: (text, values) => queue.run(["", kind], () => database.query(text, values)),
    acrossTenants: (text, values) => queue.run(["", kind], () => database.acrossTenants(text, values)),
  });
}
