import type { FailureCause } from "../../domain/error.ts";
import type { FeedState, SourceStatus } from "../../domain/lifecycles.ts";
import type { HealthState } from "../../domain/health.ts";

/*
 * Everything that the rules know about one source, as rows state it. Times are epoch milliseconds of the database's
 * clock, which dates the rows too.
 */

export interface SourceFact {
  readonly sourceId: string;
  readonly status: SourceStatus;
  readonly statusCode: string | null;
  readonly statusReason: string | null;
  readonly statusSinceMs: number;
  /** Null: it is read on demand only. */
  readonly scheduleMs: number | null;
  /** Null until every stream was read to its end once. */
  readonly lastSuccessMs: number | null;
  readonly registeredMs: number;
  /** True if a file that it has sent was read to its end. */
  readonly hasReadFile: boolean;
  /** True if no complete read of its streams has ever had a record, although an object has arrived in another way. */
  readonly hasArrivedOtherwise: boolean;
  /** True if it was connected while the service runs, so that the graph can change it. */
  readonly isConnected: boolean;
  /** Since when the settings file no longer names it. */
  readonly unconfiguredSinceMs: number | null;
  readonly credentialsExpireMs: number | null;
  /** Time at which the upstream will end our access, as it states it. */
  readonly accessEndsMs: number | null;
  /** What a person must do before that, in one sentence. */
  readonly accessRenewal: string | null;
  readonly webhookReceivedMs: number | null;
  readonly webhookSilentSinceMs: number | null;
  /** State of the last recorded evaluation. */
  readonly recordedState: HealthState | null;
  readonly recordedSinceMs: number | null;
}

/** A stream that was ever read. */
export interface StreamFact {
  readonly sourceId: string;
  readonly stream: string;
  readonly lastSuccessMs: number | null;
  /** Number of consecutive runs that failed because of the stream. */
  readonly failedRuns: number;
  readonly failingSinceMs: number | null;
  readonly failureCode: string | null;
  readonly failureReason: string | null;
}

/** A stream's part of a run that has not ended. */
export interface OpenReadFact {
  readonly sourceId: string;
  readonly stream: string;
  readonly runId: string;
  readonly mode: "INCREMENTAL" | "FULL" | "RANGE" | "RECONCILE";
  readonly createdMs: number;
  readonly startedMs: number | null;
  readonly records: number;
  /** 0 to 1; null if the upstream gives no way to know. */
  readonly progress: number | null;
  /** Failed attempts. */
  readonly attempts: number;
  readonly nextAttemptMs: number;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
}

/** The last complete read of a stream in one mode, and how many records such reads usually have. */
export interface CountFact {
  readonly sourceId: string;
  readonly stream: string;
  readonly mode: "INCREMENTAL" | "FULL" | "RANGE" | "RECONCILE";
  readonly counts: readonly number[];
  readonly lastCount: number;
  readonly lastRunId: string;
  readonly lastMs: number;
  /** Since when reads have had far fewer records than usual. */
  readonly lowSinceMs: number | null;
}

/** One limit of the budget that a source uses. */
export interface BudgetFact {
  readonly sourceId: string;
  readonly bucket: string;
  /** Calls per second that the upstream allows; null if unknown. */
  readonly declared: number | null;
  /** Calls per second that are made at most; null until the bucket was refused. */
  readonly rate: number | null;
  /** Rate at which the upstream last refused a call. */
  readonly refusedRate: number | null;
  readonly refusedMs: number | null;
  readonly closedUntilMs: number | null;
  readonly closedReason: "RETRY_AFTER" | "QUOTA_USED_UP" | null;
  /** Rate that the upstream's headers leave, while they are recent. */
  readonly paceRate: number | null;
}

export interface FeedFact {
  readonly sourceId: string;
  readonly state: FeedState | "PAUSED";
  readonly sinceMs: number | null;
  readonly via: "CDC" | "STREAM" | null;
  readonly streams: readonly string[];
  readonly lagMs: number | null;
  readonly lagBytes: number | null;
  readonly positionMs: number | null;
  readonly waitsFor: string | null;
  /** Milliseconds until the lag is worked off, at the rate at which it became less in the last minutes. Null: it did not. */
  readonly drainMs: number | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  /** Since when changes are known to be lost. */
  readonly gapMs: number | null;
  readonly gapRunId: string | null;
}

/** Deliveries that are not applied, each kind counted up to a limit. */
export interface DeliveryFact {
  readonly sourceId: string;
  readonly pending: number;
  readonly oldestPendingMs: number | null;
  readonly oldestPendingId: string | null;
  /** Deliveries by which those that wait became fewer per second in the last minutes. Null: they did not, or it is not known. */
  readonly drainPerSecond: number | null;
  readonly parked: number;
  /** Of the newest ones. */
  readonly parkedIds: readonly string[];
  readonly parkedSinceMs: number | null;
  readonly parkedCode: string | null;
  readonly parkedMessage: string | null;
}

/** Webhook calls of the last hour. */
export interface WebhookFact {
  readonly sourceId: string;
  readonly received: number;
  readonly refused: number;
  readonly conflicts: number;
  readonly firstRefusedMs: number | null;
  /** Deliveries that were verified in the last quarter of an hour and state when they were signed. */
  readonly signed: number;
  /** Median of our time of receipt minus the sender's time of signing. */
  readonly signedOffsetMs: number | null;
}

/** Difference between the clock of the upstream and ours, by the `Date` of its responses. */
export interface ClockFact {
  readonly sourceId: string;
  /** Our time minus the upstream's: positive if its clock is behind. */
  readonly offsetMs: number;
  /** Beginning of the minute in which it was measured. */
  readonly measuredMs: number;
}

/** Open quarantined records. */
export interface QuarantineFact {
  readonly sourceId: string;
  readonly open: number;
  /** Of the oldest ones. */
  readonly ids: readonly string[];
  readonly sinceMs: number | null;
  readonly path: string | null;
  readonly problem: string | null;
  /** Refused files that some of them are about. */
  readonly fileIds: readonly string[];
}

/** Objects that wait to be fetched again. */
export interface RefetchFact {
  readonly sourceId: string;
  readonly waiting: number;
  readonly oldestMs: number | null;
}

/** Files that wait to be applied. */
export interface FileFact {
  readonly sourceId: string;
  readonly waiting: number;
  readonly oldestMs: number | null;
  readonly oldestId: string | null;
}

/** An open finding. */
export interface FindingFact {
  readonly sourceId: string;
  readonly id: string;
  readonly kind: string;
  readonly cause: FailureCause;
  readonly summary: string;
  readonly remedy: string;
  readonly openedMs: number;
  /** Ids of all open findings of this kind, up to a limit; this is the oldest one. */
  readonly ids: readonly string[];
}

/** A process of the service whose work was delayed within the last minutes. */
export interface ProcessFact {
  readonly processId: string;
  /** Its event loop was blocked for this time. */
  readonly stalledMs: number;
  readonly stalledAtMs: number | null;
  /** The database takes this time to answer a short statement. */
  readonly storeMs: number;
  readonly seenMs: number;
  /** It could not reach the database for this time, until then. */
  readonly storeLostMs: number;
  readonly storeLostAtMs: number | null;
}

/** The facts about one source at one time. */
export interface SourceFacts {
  readonly nowMs: number;
  readonly source: SourceFact;
  readonly streams: readonly StreamFact[];
  readonly reads: readonly OpenReadFact[];
  readonly counts: readonly CountFact[];
  readonly budgets: readonly BudgetFact[];
  readonly feed: FeedFact | undefined;
  readonly deliveries: DeliveryFact | undefined;
  readonly webhooks: WebhookFact | undefined;
  /** Undefined: no recent responses have a time. */
  readonly clock: ClockFact | undefined;
  readonly quarantine: QuarantineFact | undefined;
  readonly refetches: RefetchFact | undefined;
  readonly files: FileFact | undefined;
  readonly findings: readonly FindingFact[];
  /** Of the whole service: the same for each source. */
  readonly processes: readonly ProcessFact[];
}
