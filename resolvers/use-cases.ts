/** What a caller may ask to be synced. */
export interface StartSyncRequest {
  /** Undefined: all streams of the source. */
  readonly streams: readonly string[] | undefined;
  readonly mode: "INCREMENTAL" | "FULL" | "RANGE";
  /** Creation times, RFC 3339, from inclusive, to exclusive. */
  readonly range: { readonly from: string; readonly to: string } | undefined;
  readonly idempotencyKey: string | undefined;
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
  /** All or none of them. @throws ServiceError NOT_FOUND */
  replayQuarantined(tenantId: string, ids: readonly string[]): Promise<unknown>;
}
