import type { Logger } from "pino";
import { ServiceError } from "../../domain/error.ts";
import type { Database } from "../../store/database.ts";
import type { DeliveryBatch } from "./choose-deliveries.ts";
import type { Source } from "../../sources/source.ts";
import type { SourceRegistry } from "../../sources/source-registry.ts";
import type { WakeUps } from "../../runtime/wake-ups.ts";
import { createApplier } from "./applier.ts";
import type { AppliedDeliveries } from "./apply-deliveries.ts";
import type { CallResult, DeliveriesChanged, Delivery } from "./delivery.ts";
import { discardDeliveries, discardDelivery, type Discarding } from "./discard-deliveries.ts";
import { createIngest } from "./ingest.ts";
import { createRecentBodies } from "./recent-bodies.ts";
import { replayDeliveries, replayDelivery } from "./replay-deliveries.ts";
import type { IncomingCall } from "./verify-call.ts";
import { createWebhookCounts } from "./webhook-counts.ts";
import { waitAtMost } from "../../runtime/with-timeout.ts";

export interface InboxOptions {
  readonly db: Database;
  /** Connections for the commits that calls wait for, which nothing else uses. Default: those of `db`. */
  readonly commitDb?: Database;
  readonly sources: SourceRegistry;
  /**
   * Returns the sources as one of which a call to an unknown id is verified: the same object until they change.
   * Default: none.
   */
  readonly configured?: () => ReadonlyMap<string, Source>;
  readonly log: Logger;
  /** Current time in epoch milliseconds, compared with a delivery's timestamp. */
  readonly now: () => number;
  /** Uniform in [0, 1): the jitter of pauses. */
  readonly random: () => number;
  /** `sourceResumed` wakes the work of its source. */
  readonly wakeUps: Pick<WakeUps, "on" | "refetchNeeded" | "refreshRequested">;
  /** Called for each set that was applied, with the milliseconds since the receipt of each new delivery. */
  readonly onApplied?: (source: Source, agesMs: readonly number[]) => void;
  /** Number of deliveries of one tenant that may wait for their commit, within 64 MiB. Default 10,000. */
  readonly maxWaiting?: number;
  /** Longest time that a delivery waits for the end of its commit. Default 5 s: providers wait 10 s or more. */
  readonly maxWaitMs?: number;
  /** Number of attempts after which a delivery is parked. Default 8: about four minutes. */
  readonly maxAttempts?: number;
}

/** Counts since the start, except `waiting`. */
export interface InboxStats {
  /** Number of verified deliveries whose commit has not begun. */
  readonly waiting: number;
  readonly stored: number;
  readonly duplicate: number;
  readonly conflicting: number;
  /** Number of calls that could not be verified. */
  readonly refused: number;
  readonly applied: number;
  readonly parked: number;
}

export interface Inbox {
  /**
   * Verifies a webhook call to a source, or to a platform, and commits it; resolves after the commit. Applying it is a separate step. The body is read
   * only if the headers do not already show that the call is forged.
   * @throws ServiceError SIGNATURE_INVALID (also: no such source, or it accepts no webhooks) | OVERLOADED |
   * STORE_UNAVAILABLE | PAYLOAD_TOO_LARGE | CANCELED
   */
  ingest(id: string, call: IncomingCall): Promise<CallResult>;
  /** Starts applying. */
  start(): void;
  /** @throws ServiceError NOT_FOUND | INVALID_INPUT when its body is no longer stored | STORE_UNAVAILABLE */
  replayDelivery(tenantId: string, id: string): Promise<Delivery>;
  /**
   * Replays the oldest first; skips those that already wait or whose body is no longer stored. @throws ServiceError
   * STORE_UNAVAILABLE
   */
  replayDeliveries(tenantId: string, batch: DeliveryBatch): Promise<DeliveriesChanged>;
  /** @throws ServiceError NOT_FOUND | CONFLICT when it is applied | STORE_UNAVAILABLE */
  discardDelivery(tenantId: string, id: string, discarding: Discarding): Promise<Delivery>;
  /** Discards the oldest first; only those that wait or are parked. @throws ServiceError STORE_UNAVAILABLE */
  discardDeliveries(tenantId: string, batch: DeliveryBatch, discarding: Discarding): Promise<DeliveriesChanged>;
  stats(): InboxStats;
  /**
   * Rejects new deliveries, commits and acknowledges the accepted ones, and finishes the set that is being applied;
   * deliveries that are not yet applied remain stored. Resolves at the latest after `deadlineMs`.
   */
  close(deadlineMs: number): Promise<void>;
}

/** Maximum bytes of bodies cached for the appliers of this process: some 10,000 deliveries of 3 kB. */
const MAX_RECENT_BYTES = 32 * 1024 * 1024;

const NO_SOURCES: ReadonlyMap<string, Source> = new Map();

/**
 * Creates the durable inbox: it verifies, commits and acknowledges calls, and applies the committed deliveries of each
 * source independently.
 */
export function createInbox(options: InboxOptions): Inbox {
  const { db, sources, log, random, wakeUps } = options;
  const counts = { stored: 0, duplicate: 0, conflicting: 0, refused: 0, applied: 0, parked: 0 };
  const recent = createRecentBodies(MAX_RECENT_BYTES);
  const minutes = createWebhookCounts({
    db,
    random,
    onProblem: (err) => log.warn({ err }, "webhooks could not be counted, trying again"),
  });
  const ingest = createIngest({
    db: options.commitDb ?? db,
    sources,
    configured: options.configured ?? (() => NO_SOURCES),
    log,
    now: options.now,
    maxWaiting: options.maxWaiting,
    maxWaitMs: options.maxWaitMs,
    onTaken({ id, body }, source, result) {
      counts[result] += 1;
      minutes.add(source, "received");
      if (result === "duplicate") minutes.add(source, "duplicates");
      if (result === "conflicting") minutes.add(source, "conflicts");
      if (result !== "stored") return;
      recent.add(id, body);
      applier.wake(source);
    },
    onRefused(source, reason) {
      counts.refused += 1;
      if (source !== undefined && ServiceError.from(reason).code === "SIGNATURE_INVALID")
        minutes.add(source, "refused");
    },
  });
  const applier = createApplier({
    db,
    sources,
    log,
    recent,
    isBusy: ingest.isBusy,
    random,
    maxAttempts: options.maxAttempts ?? 8,
    onApplied: countApplied,
  });
  const endWakeUps = wakeUps.on("sourceResumed", applier.wake);

  function countApplied(source: Source, { applied, agesMs, parked, refetches, reads }: AppliedDeliveries): void {
    options.onApplied?.(source, agesMs);
    counts.applied += applied;
    counts.parked += parked;
    if (parked > 0) minutes.add(source, "parked", parked);
    if (refetches) wakeUps.refetchNeeded(source);
    if (reads) wakeUps.refreshRequested(source);
  }

  return {
    ingest: ingest.take,
    start() {
      minutes.start();
      applier.start();
    },
    async replayDelivery(tenantId, id) {
      const delivery = await replayDelivery(db, tenantId, id);
      applier.wake({ id: delivery.sourceId, tenantId });
      return delivery;
    },
    async replayDeliveries(tenantId, batch) {
      const { count, end, sourceIds } = await replayDeliveries(db, tenantId, batch);
      for (const id of sourceIds) applier.wake({ id, tenantId });
      return { count, end };
    },
    discardDelivery: (tenantId, id, discarding) => discardDelivery(db, tenantId, id, discarding),
    discardDeliveries: (tenantId, batch, discarding) => discardDeliveries(db, tenantId, batch, discarding),
    stats: () => ({ ...counts, waiting: ingest.waiting() }),
    async close(deadlineMs) {
      endWakeUps();
      await Promise.all([ingest.close(deadlineMs), applier.close(deadlineMs)]);
      await waitAtMost(deadlineMs, minutes.close(deadlineMs));
    },
  };
}
