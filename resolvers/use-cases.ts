import type { DeliveryFilter } from "../src/graph/loaders/models.ts";

/** Request to sync a source. */
export interface StartSyncRequest {
  /** Undefined: all streams of the source. */
  readonly streams: readonly string[] | undefined;
  readonly mode: "INCREMENTAL" | "FULL" | "RANGE";
  /** Creation times, RFC 3339, from inclusive, to exclusive. */
  readonly range: { readonly from: string; readonly to: string } | undefined;
  readonly idempotencyKey: string | undefined;
}

/** Reason why something must not be applied, and who decided it. */
export interface Discard {
  /** 1 to 500 characters. */
  readonly reason: string;
  /** The subject of the caller's token. */
  readonly by: string;
}

/** Result of a bulk operation on the deliveries that match a filter. */
export interface BulkResult {
  readonly count: number;
  /** True if more deliveries match the filter than were processed. */
  readonly more: boolean;
}

/** Implementations of the mutations. Every id is looked up within the tenant. */
export interface UseCases {
  /**
   * @returns the run, and the number of the last event before its first
   * @throws ServiceError NOT_FOUND | INVALID_INPUT | CONFLICT
   */
  startSync(
    tenantId: string,
    sourceId: string,
    request: StartSyncRequest,
  ): Promise<{ readonly runId: string; readonly eventSeq: bigint }>;
  /** @throws ServiceError NOT_FOUND */
  cancelSync(tenantId: string, runId: string): Promise<void>;
  /** @throws ServiceError NOT_FOUND */
  pauseSource(tenantId: string, sourceId: string): Promise<void>;
  /** @throws ServiceError NOT_FOUND */
  resumeSource(tenantId: string, sourceId: string): Promise<void>;
  /** @throws ServiceError NOT_FOUND */
  replayDelivery(tenantId: string, deliveryId: string): Promise<unknown>;
  /** Replays the matching deliveries that are not PENDING and whose bodies are kept, the oldest first. */
  replayDeliveries(tenantId: string, filter: DeliveryFilter, limit: number): Promise<BulkResult>;
  /** @throws ServiceError NOT_FOUND | CONFLICT when it is applied already */
  discardDelivery(tenantId: string, deliveryId: string, discard: Discard): Promise<unknown>;
  /** Discards the matching deliveries that are PENDING or PARKED, the oldest first. */
  discardDeliveries(tenantId: string, filter: DeliveryFilter, limit: number, discard: Discard): Promise<BulkResult>;
  /** Replays all or none of them. @throws ServiceError NOT_FOUND */
  replayQuarantined(tenantId: string, ids: readonly string[]): Promise<unknown>;
}
