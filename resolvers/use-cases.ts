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

/** Limits of an upstream; left out: the connector's own. */
export interface SourceBudget {
  readonly rates?: Readonly<Record<string, number>>;
  readonly maxConcurrent?: number;
}

/** Source to connect. */
export interface ConnectRequest {
  readonly id: string;
  readonly connector: string;
  /** Id of the platform whose settings it shares. */
  readonly platform: string | undefined;
  /** Settings of the connector, with credentials: never logged or returned. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly schedule: string | undefined;
  readonly budget: SourceBudget | undefined;
  readonly networks: readonly string[] | undefined;
  readonly idempotencyKey: string | undefined;
}

/** Changes of a connected source; undefined: no change. */
export interface SourceChange {
  readonly schedule: string | undefined;
  /** Null: the connector's own limits. */
  readonly budget: SourceBudget | null | undefined;
  readonly networks: readonly string[] | undefined;
  readonly settings: Readonly<Record<string, unknown>> | undefined;
  /** Never logged or returned. */
  readonly credentials: Readonly<Record<string, unknown>> | undefined;
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
  /**
   * @returns id of the source
   * @throws ServiceError INVALID_INPUT | CONFLICT | SECRETS_KEY_MISSING | UPSTREAM_*
   */
  connectSource(tenantId: string, request: ConnectRequest, signal: AbortSignal): Promise<string>;
  /** @throws ServiceError NOT_FOUND | INVALID_INPUT | CONFLICT | SECRETS_KEY_MISSING | UPSTREAM_* */
  updateSource(tenantId: string, sourceId: string, change: SourceChange, signal: AbortSignal): Promise<void>;
  /** @throws ServiceError NOT_FOUND | CONFLICT */
  disconnectSource(tenantId: string, sourceId: string, data: "KEEP" | "ERASE"): Promise<void>;
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
