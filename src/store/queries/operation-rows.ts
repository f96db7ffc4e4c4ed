import type { FailureCause } from "../../domain/error.ts";
import type { EntityType } from "../../domain/ids.ts";
import type {
  DeliveryStatus,
  FeedState,
  FileStatus,
  QuarantineStatus,
  RunStatus,
  SourceStatus,
  StreamStatus,
} from "../../domain/lifecycles.ts";

export interface SourceRow {
  readonly id: string;
  readonly connector: string;
  /** Id of the platform whose settings it shares. */
  readonly platform: string | null;
  /** Null if the source is disconnected. */
  readonly status: SourceStatus | null;
  readonly statusCode: string | null;
  readonly statusReason: string | null;
  readonly statusSince: string;
  readonly scheduleSeconds: number | null;
  readonly lastSuccessAt: string | null;
  readonly origin: "SETTINGS_FILE" | "CONNECTED";
  readonly connectedAt: string | null;
  readonly disconnectedAt: string | null;
  /** As in `SyncedRow`: the time of its registration. */
  readonly orderedAt: string;
}

/** API key of a service, without what is stored of its text. */
export interface ApiKeyRow {
  readonly id: string;
  readonly name: string;
  readonly preview: string;
  readonly scopes: readonly string[];
  readonly createdAt: string;
  readonly createdBy: string;
  readonly expiresAt: string;
  readonly revokedAt: string | null;
  readonly revokedBy: string | null;
  readonly lastUsedAt: string | null;
  /** As in `SyncedRow`: the time at which it was made. */
  readonly orderedAt: string;
}

/** Erasure of a source's data. */
export interface SourceErasureRow {
  readonly sourceId: string;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly deletedRows: bigint;
}

/** Change feed of a source. */
export interface SourceFeedRow {
  readonly sourceId: string;
  readonly streams: readonly string[];
  readonly state: FeedState | "PAUSED";
  readonly since: string;
  readonly positionAt: string | null;
  readonly lagMs: bigint | null;
  readonly lagBytes: bigint | null;
  readonly waitsFor: string | null;
  readonly error: { readonly code: string; readonly message: string } | null;
}

export interface StreamStateRow {
  readonly sourceId: string;
  readonly stream: string;
  readonly checkpointAt: string | null;
  readonly lastSuccessAt: string | null;
  readonly isRunning: boolean;
}

/** One bucket of the budget that a source uses. */
export interface BudgetStateRow {
  readonly sourceId: string;
  readonly bucket: string;
  /** Calls per second; for `concurrency`, concurrent calls. */
  readonly limit: number | null;
  readonly current: number | null;
  readonly closedUntil: string | null;
  readonly closedReason: "RETRY_AFTER" | "QUOTA_USED_UP" | null;
  readonly lastRefusedAt: string | null;
  readonly inUse: number;
}

/** Fields for the lists of operations: `orderedAt` as in `SyncedRow`. */
interface ListedRow {
  readonly id: string;
  readonly sourceId: string;
  readonly orderedAt: string;
}

export interface SyncRunRow extends ListedRow {
  readonly mode: "INCREMENTAL" | "FULL" | "RANGE" | "RECONCILE";
  readonly trigger: "SCHEDULE" | "REQUEST" | "WEBHOOK" | "CATCH_UP" | "FEED_START" | "FEED_GAP";
  readonly status: RunStatus;
  readonly rangeFrom: string | null;
  readonly rangeTo: string | null;
  readonly isCancelRequested: boolean;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
}

export interface SyncRunStreamRow {
  readonly runId: string;
  readonly stream: string;
  readonly status: StreamStatus;
  readonly records: bigint;
  readonly changed: bigint;
  readonly quarantined: bigint;
  readonly progress: number | null;
  readonly attempts: number;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
}

/** Description of how a webhook call was authenticated. */
export interface VerificationRow {
  readonly scheme: string;
  readonly key?: string;
  readonly signedAt?: string;
}

/** A delivery without its body and its effects: the body may be large, and both are loaded separately. */
export interface DeliveryRow extends ListedRow {
  readonly deliveryKey: string;
  readonly eventType: string | null;
  readonly status: DeliveryStatus;
  readonly contentHash: string;
  /** Size of the body in bytes. */
  readonly size: number;
  /** Null for a delivery that arrived before this was recorded. */
  readonly verification: VerificationRow | null;
  readonly receivedAt: string;
  /** Attempts since it arrived, or was last replayed. */
  readonly attempts: number;
  /** Attempts before it was last replayed. */
  readonly earlierAttempts: number;
  readonly nextAttemptAt: string;
  readonly finishedAt: string | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly discardReason: string | null;
  readonly discardedBy: string | null;
}

export interface QuarantinedRecordRow extends ListedRow {
  readonly entityType: EntityType;
  readonly entityId: string | null;
  readonly externalId: string | null;
  readonly code: string;
  readonly path: string;
  readonly problem: string;
  readonly status: QuarantineStatus;
  readonly occurrences: bigint;
  readonly firstAt: string;
  readonly lastAt: string;
  /** Time from which its retention counts. */
  readonly resolvedAt: string | null;
  /** Of the last decision, also if it is open again. */
  readonly discardedAt: string | null;
  readonly discardedBy: string | null;
  readonly discardReason: string | null;
  readonly runId: string | null;
  readonly rawHash: string | null;
  readonly deliveryId: string | null;
  readonly rawPath: string;
}

export interface FindingRow extends ListedRow {
  readonly kind: string;
  readonly cause: FailureCause;
  readonly summary: string;
  readonly evidence: unknown;
  readonly remedy: string;
  readonly openedAt: string;
  readonly closedAt: string | null;
}

/** A received file. */
export interface FileRow extends ListedRow {
  readonly name: string;
  readonly contentHash: string;
  readonly size: bigint;
  readonly mediaType: string;
  readonly origin: "UPLOAD" | "FOLDER" | "POLL";
  readonly status: FileStatus;
  readonly receivedAt: string;
  readonly finishedAt: string | null;
  readonly refusal: string | null;
  readonly problem: string | null;
  readonly line: number | null;
  readonly column: number | null;
}

/** Row type of each kind of operational object that has an id of its own. */
export interface OperationRows {
  readonly SyncRun: SyncRunRow;
  readonly Delivery: DeliveryRow;
  readonly QuarantinedRecord: QuarantinedRecordRow;
  readonly Finding: FindingRow;
  readonly File: FileRow;
}

/** A payload without its bytes. */
export interface RawPayloadRow {
  readonly sourceId: string;
  readonly contentHash: string;
  readonly mediaType: string;
  readonly receivedAt: string;
  readonly runId: string | null;
}
