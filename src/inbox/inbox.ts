import type { Logger } from "pino";
import type { WebhookCall } from "../connector-api/webhook.ts";
import { ServiceError } from "../domain/error.ts";
import type { Database } from "../store/database.ts";
import type { DeliveryFilter } from "../store/read/delivery-filter.ts";
import type { Source } from "../upstream/source.ts";
import { createApplier } from "./applier.ts";
import type { AppliedDeliveries } from "./apply-deliveries.ts";
import type { DeliveriesChanged, Delivery, IngestResult } from "./delivery.ts";
import { discardDeliveries, discardDelivery, type Discarding } from "./discard-deliveries.ts";
import { createIngest } from "./ingest.ts";
import { createRecentBodies } from "./recent-bodies.ts";
import { replayDeliveries, replayDelivery } from "./replay-deliveries.ts";
import { createWebhookCounts } from "./webhook-counts.ts";
import { within } from "./within.ts";

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
  /** Streams of this source are to be read on. */
  readonly onReads: (sourceId: string) => void;
  /** Deliveries of one tenant that may wait for their commit, as far as they fit into 64 MiB. Default 10,000. */
  readonly maxWaiting?: number;
  /** Longest wait of a delivery for the end of its commit. Default 5 s: providers wait 10 s or more. */
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
   * @throws ServiceError NOT_FOUND (no such source, or it takes no webhooks) | SIGNATURE_INVALID | OVERLOADED |
   * STORE_UNAVAILABLE | PAYLOAD_TOO_LARGE
   */
  ingest(sourceId: string, call: WebhookCall): Promise<IngestResult>;
  /** Starts applying. */
  start(): void;
  /** @throws ServiceError NOT_FOUND | INVALID_INPUT when its body is no longer kept | STORE_UNAVAILABLE */
  replayDelivery(tenantId: string, id: string): Promise<Delivery>;
  /** The oldest first; none that wait anyway or have no body any more. @throws ServiceError STORE_UNAVAILABLE */
  replayDeliveries(tenantId: string, filter: DeliveryFilter, limit: number): Promise<DeliveriesChanged>;
  /** @throws ServiceError NOT_FOUND | CONFLICT when it is applied | STORE_UNAVAILABLE */
  discardDelivery(tenantId: string, id: string, discarding: Discarding): Promise<Delivery>;
  /** The oldest first; only those that wait or are parked. @throws ServiceError STORE_UNAVAILABLE */
  discardDeliveries(
    tenantId: string,
    filter: DeliveryFilter,
    limit: number,
    discarding: Discarding,
  ): Promise<DeliveriesChanged>;
  stats(): InboxStats;
  /**
   * Refuses new deliveries, commits and answers the accepted ones, ends the set that is being applied; what is not yet
   * applied stays stored. Resolves at the latest after `deadlineMs`.
   */
  close(deadlineMs: number): Promise<void>;
}

/** Bodies kept for the appliers of this process: some 10,000 deliveries of 3 kB. */
const MAX_RECENT_BYTES = 32 * 1024 * 1024;

/** The durable inbox: verify, commit, answer; and apply what was committed, each source by itself. */
export function createInbox(options: InboxOptions): Inbox {
  const { db, log, random } = options;
  const counts = { stored: 0, duplicate: 0, conflicting: 0, refused: 0, applied: 0, parked: 0 };
  const recent = createRecentBodies(MAX_RECENT_BYTES);
  const minutes = createWebhookCounts({
    db,
    sources: options.sources,
    random,
    onProblem: (err) => log.warn({ err }, "webhooks could not be counted, trying again"),
  });
  const ingest = createIngest({
    db,
    sources: options.sources,
    log,
    now: options.now,
    maxWaiting: options.maxWaiting,
    maxWaitMs: options.maxWaitMs,
    onTaken({ id, sourceId, body }, result) {
      counts[result] += 1;
      minutes.add(sourceId, "received");
      if (result === "duplicate") minutes.add(sourceId, "duplicates");
      if (result === "conflicting") minutes.add(sourceId, "conflicts");
      if (result !== "stored") return;
      recent.add(id, body);
      wake(sourceId);
    },
    onRefused(sourceId, reason) {
      counts.refused += 1;
      if (ServiceError.from(reason).code === "SIGNATURE_INVALID") minutes.add(sourceId, "refused");
    },
  });
  const appliers = new Map(
    options.sources.map((source) => [
      source.id,
      createApplier({
        db,
        source,
        log,
        recent,
        isBusy: () => ingest.isBusy(source.tenantId),
        random,
        maxAttempts: options.maxAttempts ?? 8,
        onApplied: (applied) => countApplied(source.id, applied),
      }),
    ]),
  );

  function wake(sourceId: string): void {
    appliers.get(sourceId)?.wake();
  }

  function countApplied(sourceId: string, { applied, parked, refetches, reads }: AppliedDeliveries): void {
    counts.applied += applied;
    counts.parked += parked;
    if (parked > 0) minutes.add(sourceId, "parked", parked);
    if (refetches) options.onDoubts(sourceId);
    if (reads) options.onReads(sourceId);
  }

  return {
    ingest: ingest.take,
    start() {
      minutes.start();
      for (const applier of appliers.values()) applier.start();
    },
    async replayDelivery(tenantId, id) {
      const delivery = await replayDelivery(db, tenantId, id);
      wake(delivery.sourceId);
      return delivery;
    },
    async replayDeliveries(tenantId, filter, limit) {
      const { count, more, sourceIds } = await replayDeliveries(db, tenantId, filter, limit);
      for (const sourceId of sourceIds) wake(sourceId);
      return { count, more };
    },
    discardDelivery: (tenantId, id, discarding) => discardDelivery(db, tenantId, id, discarding),
    discardDeliveries: (tenantId, filter, limit, discarding) =>
      discardDeliveries(db, tenantId, filter, limit, discarding),
    stats: () => ({ ...counts, waiting: ingest.waiting() }),
    async close(deadlineMs) {
      const ended = [...appliers.values()].map((applier) => applier.close(deadlineMs));
      await Promise.all([ingest.close(deadlineMs), ...ended]);
      await within(deadlineMs, minutes.close(deadlineMs));
    },
  };
}
