import type { Logger } from "pino";
import type { WebhookCall } from "../connector-api/webhook.ts";
import { ServiceError } from "../domain/error.ts";
import type { Database } from "../store/database.ts";
import type { DeliveryFilter } from "../store/read/delivery-filter.ts";
import type { Source } from "../upstream/source.ts";
import { createApplier } from "./applier.ts";
import type { AppliedDeliveries } from "./apply-deliveries.ts";
import type { Delivery, IngestResult, NewDelivery } from "./delivery.ts";
import { createGroupCommit, type GroupCommit } from "./group-commit.ts";
import { insertDeliveries } from "./insert-deliveries.ts";
import { type Discard, discardDeliveries, discardDelivery } from "./discard-deliveries.ts";
import type { DoneToMany } from "./pick-deliveries.ts";
import { createRecentBodies } from "./recent-bodies.ts";
import { replayDeliveries } from "./replay-deliveries.ts";
import { replayDelivery } from "./replay-delivery.ts";
import { verifyDelivery } from "./verify-delivery.ts";

export interface InboxOptions {
  readonly db: Database;
  readonly sources: readonly Source[];
  readonly log: Logger;
  /** Epoch milliseconds: what a delivery's timestamp is held against. */
  readonly now: () => number;
  /** Uniform in [0, 1): the jitter of pauses. */
  readonly random: () => number;
  /** Objects of this source are to be fetched again. */
  readonly onDoubts: (sourceId: string) => void;
  /** Deliveries of one tenant that may wait for their commit, as far as they fit into 64 MiB. Default 10,000. */
  readonly maxWaiting?: number;
  /** Longest wait of a delivery for its commit to begin, and then for its end. Default 5 s: providers wait 10 s or more. */
  readonly maxWaitMs?: number;
  /** Tries after which a delivery is parked. Default 8: about four minutes. */
  readonly maxAttempts?: number;
}

/** Counts since the start, but for `waiting`. */
export interface InboxStats {
  /** Verified deliveries whose commit has not begun. */
  readonly waiting: number;
  readonly stored: number;
  readonly duplicate: number;
  readonly conflicting: number;
  /** Not verified. */
  readonly refused: number;
  readonly applied: number;
  readonly parked: number;
}

export interface Inbox {
  /**
   * Verifies a webhook call and commits it; resolves after the commit. Applying it is a separate step.
   * @throws ServiceError NOT_FOUND (no such source, or it takes no webhooks) | SIGNATURE_INVALID | OVERLOADED | STORE_UNAVAILABLE
   */
  ingest(sourceId: string, call: WebhookCall): Promise<IngestResult>;
  /** Starts applying. */
  start(): void;
  /** @throws ServiceError NOT_FOUND | STORE_UNAVAILABLE */
  replayDelivery(tenantId: string, id: string): Promise<Delivery>;
  /** @throws ServiceError STORE_UNAVAILABLE */
  replayDeliveries(tenantId: string, filter: DeliveryFilter, limit: number): Promise<DoneToMany>;
  /** @throws ServiceError NOT_FOUND | CONFLICT | STORE_UNAVAILABLE */
  discardDelivery(tenantId: string, id: string, discard: Discard): Promise<unknown>;
  /** @throws ServiceError STORE_UNAVAILABLE */
  discardDeliveries(tenantId: string, filter: DeliveryFilter, limit: number, discard: Discard): Promise<DoneToMany>;
  stats(): InboxStats;
  /**
   * Refuses new deliveries, commits and answers the accepted ones, ends the set that is being applied; what is not yet
   * applied stays stored. Resolves at the latest after `deadlineMs`.
   */
  close(deadlineMs: number): Promise<void>;
}

/** Deliveries in one insert: 500 of 3 kB are 1.5 MB, some 20 ms of work. */
const MAX_BATCH = 500;
/** Large deliveries go fewer together: an insert holds its bodies twice, and the database's answer is waited for. */
const MAX_BATCH_BYTES = 8 * 1024 * 1024;
/** Bodies of one tenant that wait for their commit: 10,000 of 1 MiB would be all of the memory. */
const MAX_WAITING_BYTES = 64 * 1024 * 1024;
/** The second fills the time that the first one waits for the disk: 5 to 20 % more deliveries a second; four add nothing. */
const MAX_IN_FLIGHT = 2;

/** Calls without an answer at which they go before applying: with fewer, a commit takes a few milliseconds anyway. */
const BUSY_CALLS = 16;
/** Bodies kept for the appliers of this process: some 10,000 deliveries of 3 kB. */
const MAX_RECENT_BYTES = 32 * 1024 * 1024;

/** The durable inbox: verify, commit, answer; and apply what was committed, each source by itself. */
export function createInbox(options: InboxOptions): Inbox {
  const { db, log } = options;
  const sources = new Map(options.sources.map((source) => [source.id, source]));
  const counts = { stored: 0, duplicate: 0, conflicting: 0, refused: 0, applied: 0, parked: 0 };
  const recent = createRecentBodies(MAX_RECENT_BYTES);
  let closing = false;

  const commits = new Map(options.sources.map(({ tenantId }) => [tenantId, commitOf(tenantId)]));
  function commitOf(tenantId: string): GroupCommit<NewDelivery, IngestResult> {
    return createGroupCommit({
      commit: (deliveries) => insertDeliveries(db, tenantId, deliveries),
      sizeOf: ({ body }) => body.byteLength,
      maxBatch: MAX_BATCH,
      maxBatchBytes: MAX_BATCH_BYTES,
      maxInFlight: MAX_IN_FLIGHT,
      maxWaiting: options.maxWaiting ?? 10_000,
      maxWaitingBytes: MAX_WAITING_BYTES,
      maxWaitMs: options.maxWaitMs ?? 5_000,
    });
  }

  const appliers = new Map(
    options.sources.map((source) => [
      source.id,
      createApplier({
        db,
        source,
        log,
        recent,
        isBusy: () => isBusy(commits.get(source.tenantId)),
        random: options.random,
        maxAttempts: options.maxAttempts ?? 8,
        onApplied: (applied) => countApplied(source.id, applied),
      }),
    ]),
  );

  function countApplied(sourceId: string, { applied, parked, refetches }: AppliedDeliveries): void {
    counts.applied += applied;
    counts.parked += parked;
    if (refetches) options.onDoubts(sourceId);
  }

  function verified(sourceId: string, call: WebhookCall): NewDelivery {
    try {
      return verifyDelivery(sources.get(sourceId), call, options.now());
    } catch (reason) {
      counts.refused += 1;
      throw reason;
    }
  }

  return {
    async ingest(sourceId, call) {
      if (closing) throw new ServiceError("OVERLOADED", "shutting down, send it again", { retryAfterMs: 1_000 });
      const delivery = verified(sourceId, call);
      const result = await committed(commits, delivery);
      counts[result] += 1;
      if (result === "stored") {
        recent.add(delivery.id, delivery.body);
        appliers.get(sourceId)?.wake();
      }
      if (result === "conflicting")
        log.warn({ sourceId, deliveryId: delivery.id }, "same delivery id, other bytes: first kept");
      return result;
    },
    start() {
      for (const applier of appliers.values()) applier.start();
    },
    async replayDelivery(tenantId, id) {
      const delivery = await replayDelivery(db, tenantId, id);
      appliers.get(delivery.sourceId)?.wake();
      return delivery;
    },
    async replayDeliveries(tenantId, filter, limit) {
      const { sourceIds, ...done } = await replayDeliveries(db, tenantId, filter, limit);
      for (const sourceId of sourceIds) appliers.get(sourceId)?.wake();
      return done;
    },
    discardDelivery: (tenantId, id, discard) => discardDelivery(db, tenantId, id, discard),
    discardDeliveries: (tenantId, filter, limit, discard) => discardDeliveries(db, tenantId, filter, limit, discard),
    stats: () => ({ ...counts, waiting: [...commits.values()].reduce((sum, commit) => sum + commit.waiting(), 0) }),
    async close(deadlineMs) {
      closing = true;
      const ended = [...appliers.values()].map((applier) => applier.close(deadlineMs));
      await within(deadlineMs, Promise.all([...commits.values()].map((commit) => commit.drained())));
      for (const commit of commits.values()) commit.refuseWaiting();
      await Promise.all(ended);
    },
  };
}

function isBusy(commit: GroupCommit<NewDelivery, IngestResult> | undefined): boolean {
  return commit !== undefined && commit.waiting() + commit.committing() >= BUSY_CALLS;
}

function committed(
  commits: ReadonlyMap<string, GroupCommit<NewDelivery, IngestResult>>,
  delivery: NewDelivery,
): Promise<IngestResult> {
  const commit = commits.get(delivery.tenantId);
  if (commit === undefined) throw new Error(`no commit for tenant ${delivery.tenantId}`); // one was made for each source
  return commit.add(delivery);
}

/** Waits for `work`, not longer than `deadlineMs`. */
async function within(deadlineMs: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([work, new Promise<void>((resolve) => (timer = setTimeout(resolve, deadlineMs)))]);
  clearTimeout(timer);
}
