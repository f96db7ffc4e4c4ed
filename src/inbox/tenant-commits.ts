import type { Database } from "../store/database.ts";
import type { IngestResult, NewDelivery } from "./delivery.ts";
import { createGroupCommit, type GroupCommit } from "./group-commit.ts";
import { insertDeliveries } from "./insert-deliveries.ts";

export interface TenantCommitsOptions {
  readonly db: Database;
  readonly tenantIds: Iterable<string>;
  /** Deliveries of one tenant that may wait for their commit. Default 10,000. */
  readonly maxWaiting: number | undefined;
  /** Longest wait of a delivery for the end of its commit. Default 5 s: providers wait 10 s or more. */
  readonly maxWaitMs: number | undefined;
}

/** Stores deliveries in batches, each tenant's by themselves: a transaction sees one tenant only. */
export interface TenantCommits {
  /** Resolves after the commit. @throws ServiceError OVERLOADED | STORE_UNAVAILABLE */
  add(delivery: NewDelivery): Promise<IngestResult>;
  /** Many calls of the tenant wait for their answer. */
  isBusy(tenantId: string): boolean;
  /** What comes now would wait for too long. */
  isLate(tenantId: string): boolean;
  /** Deliveries of all tenants whose commit has not begun. */
  waiting(): number;
  /** Resolves when nothing waits and nothing is in flight, what was answered too late included. */
  drained(): Promise<void>;
  /** Refuses what still waits. */
  refuseWaiting(): void;
}

/** Deliveries in one insert: 500 of 3 kB are 1.5 MB, some 20 ms of work. */
const MAX_BATCH = 500;
/** Large deliveries go fewer together: an insert holds its bodies twice, and the database's answer is waited for. */
const MAX_BATCH_BYTES = 8 * 1024 * 1024;
/** Bodies of one tenant that wait for their commit: 10,000 of 1 MiB would be all of the memory. */
const MAX_WAITING_BYTES = 64 * 1024 * 1024;
/** The second fills the time that the first one waits for the disk: 5 to 20 % more deliveries a second; four add nothing. */
const MAX_IN_FLIGHT = 2;
/** Under more than can be stored, a provider learns within a second that it has to come again. */
const MAX_QUEUE_MS = 700;
/** From here on calls are refused before they are verified: under more than can be stored, refusing must cost next to nothing. */
const LATE_MS = MAX_QUEUE_MS / 2;
/** Calls without an answer at which they go before applying: with fewer, a commit takes a few milliseconds anyway. */
const BUSY_CALLS = 16;

export function createTenantCommits(options: TenantCommitsOptions): TenantCommits {
  const { db, maxWaiting = 10_000, maxWaitMs = 5_000 } = options;
  const commits = new Map<string, GroupCommit<NewDelivery, IngestResult>>();
  for (const tenantId of new Set(options.tenantIds)) {
    const commit = createGroupCommit<NewDelivery, IngestResult>({
      commit: (deliveries) => insertDeliveries(db, tenantId, deliveries),
      sizeOf: ({ body }) => body.byteLength,
      maxBatch: MAX_BATCH,
      maxBatchBytes: MAX_BATCH_BYTES,
      maxInFlight: MAX_IN_FLIGHT,
      maxWaiting,
      maxWaitingBytes: MAX_WAITING_BYTES,
      maxQueueMs: Math.min(MAX_QUEUE_MS, maxWaitMs),
      maxWaitMs,
    });
    commits.set(tenantId, commit);
  }
  return {
    add(delivery) {
      const commit = commits.get(delivery.tenantId);
      if (commit === undefined) throw new Error(`no commit for tenant ${delivery.tenantId}`); // one was made for each source
      return commit.add(delivery);
    },
    isBusy(tenantId) {
      const commit = commits.get(tenantId);
      return commit !== undefined && commit.waiting() + commit.committing() >= BUSY_CALLS;
    },
    isLate: (tenantId) => (commits.get(tenantId)?.waitedMs() ?? 0) > LATE_MS,
    waiting: () => [...commits.values()].reduce((sum, commit) => sum + commit.waiting(), 0),
    drained: async () => void (await Promise.all([...commits.values()].map((commit) => commit.drained()))),
    refuseWaiting() {
      for (const commit of commits.values()) commit.refuseWaiting();
    },
  };
}
