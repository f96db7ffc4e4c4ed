import type { DeliveryFilter } from "../src/loaders/models.ts";

/** What a caller may ask to be synced. */
export interface StartSyncRequest {
  /** Undefined: all streams of the source. */
  readonly streams: readonly string[] | undefined;
  readonly mode: "INCREMENTAL" | "FULL" | "RANGE";
  /** Creation times, RFC 3339, from inclusive, to exclusive. */
  readonly range: { readonly from: string; readonly to: string } | undefined;
  readonly idempotencyKey: string | undefined;
}

/** Why something is not to be applied, and who says so. */
export interface Discard {
  /** 1 to 500 characters. */
  readonly reason: string;
  /** The subject of the caller's token. */
  readonly by: string;
}

/** What was done to deliveries that meet a filter. */
export interface DoneToMany {
  readonly count: number;
  /** More of them meet the filter than were taken. */
  readonly more: boolean;
}

/** What mutations do. Every id is looked up within the tenant. */
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
  /** Those that are not PENDING and whose bodies are kept, the oldest first. */
  replayDeliveries(tenantId: string, filter: DeliveryFilter, limit: number): Promise<DoneToMany>;
  /** @throws ServiceError NOT_FOUND | CONFLICT when it is applied */
  discardDelivery(tenantId: string, deliveryId: string, discard: Discard): Promise<unknown>;
  /** Those that are PENDING or PARKED, the oldest first. */
  discardDeliveries(tenantId: string, filter: DeliveryFilter, limit: number, discard: Discard): Promise<DoneToMany>;
  /** All or none of them. @throws ServiceError NOT_FOUND */
  replayQuarantined(tenantId: string, ids: readonly string[]): Promise<unknown>;
}
