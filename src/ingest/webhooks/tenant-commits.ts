import { ServiceError } from "../../domain/error.ts";
import type { Database } from "../../store/database.ts";
import type { IngestResult, NewDelivery } from "./delivery.ts";
import { createGroupCommit, type GroupCommit } from "../../runtime/group-commit.ts";
import { insertDeliveries } from "./insert-deliveries.ts";

export interface TenantCommitsOptions {
  readonly db: Database;
  /** Number of deliveries of one tenant that may wait for their commit. Default 10,000. */
  readonly maxWaiting: number | undefined;
  /** Longest time that a delivery waits for the end of its commit. Default 5 s: providers wait 10 s or more. */
  readonly maxWaitMs: number | undefined;
}

/** Stores deliveries in batches, one tenant per batch: a transaction has access to one tenant only. */
export interface TenantCommits {
  /** Resolves after the commit. @throws ServiceError OVERLOADED | STORE_UNAVAILABLE */
  add(delivery: NewDelivery): Promise<IngestResult>;
  /** True if many calls of the tenant wait for their response. */
  isBusy(tenantId: string): boolean;
  /** True if a new delivery would wait too long. */
  isLate(tenantId: string): boolean;
  /** Number of deliveries of all tenants whose commit has not begun. */
  waiting(): number;
  /**
   * Resolves when nothing waits and nothing is in flight, including deliveries whose response was sent before the
   * commit ended.
   */
  drained(): Promise<void>;
  /** Rejects all deliveries that still wait. */
  refuseWaiting(): void;
}

/** Maximum number of deliveries in one insert: 500 of 3 kB are 1.5 MB, some 20 ms of work. */
const MAX_BATCH = 500;
/**
 * Fewer large deliveries are inserted together: an insert keeps its bodies in memory twice until the database responds.
 */
const MAX_BATCH_BYTES = 8 * 1024 * 1024;
/** Maximum bytes of bodies of one tenant that wait for their commit: 10,000 of 1 MiB would use all of the memory. */
const MAX_WAITING_BYTES = 64 * 1024 * 1024;
/**
 * The second commit uses the time in which the first one waits for the disk: 5 to 20 % more deliveries per second; four
 * add nothing.
 */
const MAX_IN_FLIGHT = 2;
/** When more deliveries arrive than can be stored, a provider gets a response within a second that it has to retry. */
const MAX_QUEUE_MS = 700;
/**
 * Above this queue time, calls are rejected before they are verified: under overload, rejecting must cost next to
 * nothing. A commit over a network of 200 ms in each direction takes 400 ms without any overload.
 */
const LATE_MS = 600;
/**
 * Number of unanswered calls from which they take priority over applying; with fewer, a commit takes a few milliseconds
 * in any case.
 */
const BUSY_CALLS = 16;

/** Number of tenants from which the commits of those without deliveries are removed. */
const MAX_KEPT = 1_000;

export function createTenantCommits(options: TenantCommitsOptions): TenantCommits {
  const { db, maxWaiting = 10_000, maxWaitMs = 5_000 } = options;
  const commits = new Map<string, GroupCommit<NewDelivery, IngestResult>>();

  function create(tenantId: string): GroupCommit<NewDelivery, IngestResult> {
    return createGroupCommit<NewDelivery, IngestResult>({
      commit: (deliveries) => insertDeliveries(db, tenantId, deliveries),
      sizeOf: ({ body }) => body.byteLength,
      maxBatch: MAX_BATCH,
      maxBatchSize: MAX_BATCH_BYTES,
      maxInFlight: MAX_IN_FLIGHT,
      limits: {
        maxWaiting,
        maxWaitingSize: MAX_WAITING_BYTES,
        maxQueueMs: Math.min(MAX_QUEUE_MS, maxWaitMs),
        maxWaitMs,
        overloaded,
        timedOut,
      },
    });
  }

  /** Nothing is kept for the tenants of which nothing waits. */
  function removeIdle(): void {
    for (const [tenantId, commit] of commits)
      if (commit.waiting() + commit.committing() === 0) commits.delete(tenantId);
  }

  return {
    add(delivery) {
      const { tenantId } = delivery;
      if (commits.size >= MAX_KEPT && !commits.has(tenantId)) removeIdle();
      const commit = commits.get(tenantId) ?? create(tenantId);
      commits.set(tenantId, commit);
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
      for (const commit of commits.values()) commit.refuseWaiting(overloaded());
    },
  };
}

/** Error that requests the sender to retry later. */
export function overloaded(): ServiceError {
  return new ServiceError("OVERLOADED", "too many deliveries are waiting; send this one again later", {
    retryAfterMs: 5_000,
  });
}

/**
 * Error for an unknown outcome. The delivery may have been committed: the provider sends it again, and it is then a
 * duplicate.
 */
function timedOut(): ServiceError {
  return new ServiceError("STORE_UNAVAILABLE", "the database did not answer in time", { retryAfterMs: 1_000 });
}
