import type { FailureCause } from "../../domain/error.ts";
import type { EntityType } from "../../domain/ids.ts";

/** What a source is able to do; `paused` is over whatever the last call to the upstream has shown. */
export type SourceState = "ACTIVE" | "PAUSED" | "NEEDS_CREDENTIALS" | "UNREACHABLE";

export interface SourceRow {
  readonly id: string;
  readonly connector: string;
  readonly status: SourceState;
  readonly statusCode: string | null;
  readonly statusReason: string | null;
  readonly statusSince: string;
  readonly scheduleSeconds: number | null;
  readonly lastSuccessAt: string | null;
}

export interface StreamStateRow {
  readonly sourceId: string;
  readonly stream: string;
  readonly checkpointAt: string | null;
  readonly lastSuccessAt: string | null;
  readonly isRunning: boolean;
}

/** One bucket of the budget that a source draws on. */
export interface BudgetStateRow {
  readonly sourceId: string;
  readonly bucket: string;
  /** Per second; of `concurrency`, at a time. */
  readonly limit: number | null;
  readonly current: number | null;
  readonly closedUntil: string | null;
  readonly closedReason: "RETRY_AFTER" | "QUOTA_USED_UP" | null;
  readonly lastRefusedAt: string | null;
  readonly inUse: number;
}

/** What the lists of operations have: `orderedAt` as in `SyncedRow`. */
interface ListedRow {
  readonly id: string;
  readonly sourceId: string;
  readonly orderedAt: string;
}

/** How far a run, or one stream of it, is. */
export type RunState = "QUEUED" | "RUNNING" | "SUCCEEDED" | "FAILED" | "CANCELED";

export interface SyncRunRow extends ListedRow {
  readonly mode: "INCREMENTAL" | "FULL" | "RANGE";
  readonly trigger: "SCHEDULE" | "REQUEST" | "WEBHOOK" | "CATCH_UP";
  readonly status: RunState;
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
  readonly status: RunState;
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

/** How a webhook call was told to be its provider's own. */
export interface VerificationRow {
  readonly scheme: string;
  readonly key?: string;
  readonly signedAt?: string;
}

/** Without its body, which may be large and is asked for apart, as what it did is. */
export interface DeliveryRow extends ListedRow {
  readonly deliveryKey: string;
  readonly eventType: string | null;
  readonly status: "PENDING" | "APPLIED" | "PARKED" | "DISCARDED";
  readonly contentHash: string;
  /** Bytes of the body. */
  readonly size: number;
  /** Null of a delivery that came before this was kept. */
  readonly verification: VerificationRow | null;
  readonly receivedAt: string;
  /** Tries since it came, or was last replayed. */
  readonly attempts: number;
  /** Tries before it was last replayed. */
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
  readonly status: "OPEN" | "RESOLVED";
  readonly occurrences: bigint;
  readonly firstAt: string;
  readonly lastAt: string;
  readonly resolvedAt: string | null;
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

/** A file as it was brought. */
export interface FileRow extends ListedRow {
  readonly name: string;
  readonly contentHash: string;
  readonly size: bigint;
  readonly mediaType: string;
  readonly way: "UPLOAD" | "FOLDER" | "POLL";
  /** ACCEPTED: whole and understood, its entries are being stored. */
  readonly status: "ACCEPTED" | "STORED" | "REFUSED";
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
