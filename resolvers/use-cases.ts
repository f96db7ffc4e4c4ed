import type { PayoutRoute } from "../src/domain/payout-route.ts";
import type { Severity } from "../src/domain/severity.ts";
import type { DeliveryFilter, QuarantineFilter, BulkPosition } from "../src/graph/loaders/models.ts";

/** Request to sync a source. */
export interface StartSyncRequest {
  /** Undefined: all streams of the source. */
  readonly streams: readonly string[] | undefined;
  readonly mode: "INCREMENTAL" | "FULL" | "RANGE" | "RECONCILE";
  /** Creation times, RFC 3339, from inclusive, to exclusive. */
  readonly range: { readonly from: string; readonly to: string } | undefined;
  readonly idempotencyKey: string | undefined;
}

/** Reason for a decision, and who decided it. */
export interface Discard {
  /** 1 to 500 characters. */
  readonly reason: string;
  /** The subject of the caller's token. */
  readonly by: string;
}

/** Result of a bulk operation on the deliveries that match a filter. */
export interface BulkResult {
  readonly count: number;
  /** Where the next call continues; undefined if no more items match the filter. */
  readonly end: BulkPosition | undefined;
}

/** Items to be changed by one call. */
export interface Batch<Filter> {
  readonly filter: Filter;
  readonly limit: number;
  /** Position of the call before; undefined in the first call. */
  readonly after: BulkPosition | undefined;
}

/** Payouts and bank transactions that a person matches. */
export interface MatchRequest extends Discard {
  readonly payoutIds: readonly string[];
  readonly transactionIds: readonly string[];
}

/** Limits of an upstream; left out: the connector's own. */
export interface SourceBudget {
  readonly rates?: Readonly<Record<string, number>>;
  readonly maxConcurrent?: number;
}

/** When a source is compared with what is stored; left out: as all sources. */
export interface SourceComparisons {
  readonly every?: string | undefined;
  readonly days?: number | undefined;
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
  readonly reconcile: SourceComparisons | undefined;
  readonly idempotencyKey: string | undefined;
}

/** Changes of a connected source; undefined: no change. */
export interface SourceChange {
  readonly schedule: string | undefined;
  /** Null: the connector's own limits. */
  readonly budget: SourceBudget | null | undefined;
  readonly networks: readonly string[] | undefined;
  /** Null: as all sources. */
  readonly reconcile: SourceComparisons | null | undefined;
  readonly settings: Readonly<Record<string, unknown>> | undefined;
  /** Never logged or returned. */
  readonly credentials: Readonly<Record<string, unknown>> | undefined;
}

/** API key to make. */
export interface ApiKeyRequest {
  /** 1 to 100 characters. */
  readonly name: string;
  readonly scopes: readonly string[];
  /** RFC 3339. */
  readonly expiresAt: string;
  /** The subject of the caller. */
  readonly createdBy: string;
}

/** Alert endpoint to make. */
export interface AlertEndpointRequest {
  /** 1 to 100 characters. */
  readonly name: string;
  /** Never logged or returned. */
  readonly url: string;
  readonly form: "STANDARD_WEBHOOKS" | "CHAT_TEXT";
  readonly minSeverity: Severity;
  /** Undefined: every source. */
  readonly sourceIds: readonly string[] | undefined;
  /** The subject of the caller. */
  readonly createdBy: string;
}

/** Evidence pack to make. */
export interface EvidencePackRequest {
  /** RFC 3339, inclusive. */
  readonly from: string;
  /** RFC 3339, exclusive. */
  readonly to: string;
  /** Null: all sources. */
  readonly sourceIds: readonly string[] | null;
  readonly findingId: string | null;
  readonly idempotencyKey: string | null;
  /** The subject of the caller. */
  readonly createdBy: string;
}

/** Changes of an alert endpoint; undefined: no change. */
export interface AlertEndpointChange {
  readonly name: string | undefined;
  readonly url: string | undefined;
  readonly minSeverity: Severity | undefined;
  /** Null: every source. */
  readonly sourceIds: readonly string[] | null | undefined;
  /** RFC 3339; null: not muted. */
  readonly mutedUntil: string | null | undefined;
  readonly isEnabled: boolean | undefined;
}

/** Alerts to mute. */
export interface MuteRequest {
  /** Null: of every source. */
  readonly sourceId: string | null;
  /** Null: of every kind. */
  readonly kind: string | null;
  /** RFC 3339. */
  readonly until: string;
  readonly reason: string;
  readonly createdBy: string;
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
  /** @returns id of the key, and its text, which nothing can show again @throws ServiceError CONFLICT */
  createApiKey(tenantId: string, request: ApiKeyRequest): Promise<{ readonly id: string; readonly text: string }>;
  /** @throws ServiceError NOT_FOUND */
  revokeApiKey(tenantId: string, id: string, revokedBy: string): Promise<void>;
  /**
   * @returns id of the endpoint, and its secret, which nothing can show again
   * @throws ServiceError INVALID_INPUT | CONFLICT | SECRETS_KEY_MISSING
   */
  createAlertEndpoint(
    tenantId: string,
    request: AlertEndpointRequest,
  ): Promise<{ readonly id: string; readonly secret: string | undefined }>;
  /** @throws ServiceError NOT_FOUND | INVALID_INPUT | SECRETS_KEY_MISSING */
  updateAlertEndpoint(tenantId: string, id: string, change: AlertEndpointChange): Promise<void>;
  /** @returns the new secret @throws ServiceError NOT_FOUND | CONFLICT | SECRETS_KEY_MISSING */
  rotateAlertSecret(tenantId: string, id: string): Promise<string>;
  /** @throws ServiceError NOT_FOUND */
  deleteAlertEndpoint(tenantId: string, id: string): Promise<void>;
  /** @returns id of the muting @throws ServiceError CONFLICT */
  muteAlerts(tenantId: string, request: MuteRequest): Promise<string>;
  /** @throws ServiceError NOT_FOUND */
  unmuteAlerts(tenantId: string, id: string): Promise<void>;
  /** @returns id of the message @throws ServiceError NOT_FOUND | CONFLICT */
  sendTestAlert(tenantId: string, endpointId: string): Promise<string>;
  /** @throws ServiceError NOT_FOUND | CONFLICT */
  resendAlert(tenantId: string, id: string): Promise<void>;
  /** @returns id of the pack @throws ServiceError CONFLICT */
  createEvidencePack(tenantId: string, request: EvidencePackRequest): Promise<string>;
  /** @throws ServiceError NOT_FOUND */
  cancelEvidencePack(tenantId: string, id: string): Promise<void>;
  /** @throws ServiceError NOT_FOUND */
  pauseSource(tenantId: string, sourceId: string): Promise<void>;
  /** @throws ServiceError NOT_FOUND */
  resumeSource(tenantId: string, sourceId: string): Promise<void>;
  /** @throws ServiceError NOT_FOUND */
  replayDelivery(tenantId: string, deliveryId: string): Promise<unknown>;
  /** Replays the matching deliveries that are not PENDING and whose bodies are kept, the oldest first. */
  replayDeliveries(tenantId: string, batch: Batch<DeliveryFilter>): Promise<BulkResult>;
  /** @throws ServiceError NOT_FOUND | CONFLICT when it is applied already */
  discardDelivery(tenantId: string, deliveryId: string, discard: Discard): Promise<unknown>;
  /** Discards the matching deliveries that are PENDING or PARKED, the oldest first. */
  discardDeliveries(tenantId: string, batch: Batch<DeliveryFilter>, discard: Discard): Promise<BulkResult>;
  /** @returns id of the decision @throws ServiceError NOT_FOUND | INVALID_INPUT | CONFLICT */
  matchPayout(tenantId: string, request: MatchRequest): Promise<string>;
  /** @returns id of the decision @throws ServiceError NOT_FOUND | CONFLICT */
  unmatchPayout(tenantId: string, payoutId: string, decision: Discard): Promise<string>;
  /** @throws ServiceError NOT_FOUND */
  undoMatchDecision(tenantId: string, decisionId: string, by: string): Promise<void>;
  /** Returns the routes of payouts in the order in which they are tried. */
  findPayoutRoutes(tenantId: string): Promise<readonly PayoutRouteModel[]>;
  /** Adds a route, or replaces one that was declared in the graph. @throws ServiceError INVALID_INPUT | CONFLICT */
  declarePayoutRoute(tenantId: string, route: PayoutRoute, by: string): Promise<PayoutRouteModel>;
  /** @throws ServiceError NOT_FOUND | CONFLICT */
  removePayoutRoute(tenantId: string, id: string): Promise<PayoutRouteModel>;
  /** Discards all or none of them; those that are not OPEN do not change. @throws ServiceError NOT_FOUND */
  discardQuarantined(tenantId: string, ids: readonly string[], discard: Discard): Promise<void>;
  /** Discards the OPEN records that match, those that were first received earliest first. */
  discardManyQuarantined(tenantId: string, batch: Batch<QuarantineFilter>, discard: Discard): Promise<BulkResult>;
  /** Replays all or none of them. @throws ServiceError NOT_FOUND */
  replayQuarantined(tenantId: string, ids: readonly string[]): Promise<unknown>;
  /** Replays the OPEN records that match, those that were first received earliest first; skips those that cannot be. */
  replayManyQuarantined(
    tenantId: string,
    batch: Batch<QuarantineFilter>,
  ): Promise<BulkResult & { readonly skipped: number }>;
}

/** A route of payouts, with where it was declared. */
export type PayoutRouteModel =
  | { readonly origin: "SETTINGS_FILE"; readonly route: PayoutRoute }
  | {
      readonly origin: "DECLARED";
      readonly route: PayoutRoute;
      /** The subject of the token of the caller who has declared or changed it last. */
      readonly declaredBy: string;
      /** RFC 3339. */
      readonly declaredAt: string;
      readonly changedAt: string;
    };
