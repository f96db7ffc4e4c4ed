import type { EntityType } from "../domain/ids.ts";
import type { FailureCause } from "../domain/error.ts";
import type { HealthState } from "../domain/health.ts";
import type { MatchState } from "../domain/match-state.ts";
import type { EndedEvidencePackStatus, EndedRunStatus, SourceStatus } from "../domain/lifecycles.ts";
import type { ChangeKind } from "../store/entities/observation.ts";

/**
 * Content of an event. It holds ids and numbers only: objects are read when the event is delivered, so they are never
 * stale.
 */
export type EventBody =
  | {
      readonly kind: "EntityChanged";
      readonly change: ChangeKind;
      readonly entityType: EntityType;
      readonly entityId: string;
    }
  | { readonly kind: "RunStarted"; readonly runId: string }
  | {
      readonly kind: "RunProgressed";
      readonly runId: string;
      readonly stream: string;
      readonly records: number;
      readonly changed: number;
      /** 0 to 1; null if the upstream gives no way to know. */
      readonly progress: number | null;
    }
  | { readonly kind: "RunFinished"; readonly runId: string; readonly status: EndedRunStatus }
  | { readonly kind: "DeliveryReceived"; readonly deliveryId: string }
  | { readonly kind: "DeliveryParked"; readonly deliveryId: string }
  | { readonly kind: "RecordQuarantined"; readonly quarantinedRecordId: string }
  | {
      readonly kind: "SourceStatusChanged";
      readonly status: SourceStatus;
      readonly previous: SourceStatus;
      readonly reason: string | null;
    }
  | {
      readonly kind: "SourceHealthChanged";
      readonly state: HealthState;
      readonly previous: HealthState;
      /** Null if the source is in step. */
      readonly cause: FailureCause | null;
    }
  | {
      readonly kind: "PayoutMatchChanged";
      /** Payout or bank transaction. */
      readonly objectId: string;
      /** Null: it cannot be matched any more. */
      readonly state: MatchState | null;
      /** Null: it was not matched before. */
      readonly previous: MatchState | null;
    }
  | {
      readonly kind: "EvidencePackFinished";
      readonly packId: string;
      readonly status: EndedEvidencePackStatus;
    }
  | { readonly kind: "FindingOpened"; readonly findingId: string }
  | { readonly kind: "FindingClosed"; readonly findingId: string }
  | {
      readonly kind: "BudgetClosed";
      /** `account`, `endpoint/charges` */
      readonly bucket: string;
      readonly reason: "RETRY_AFTER" | "QUOTA_USED_UP";
      /** RFC 3339. */
      readonly closedUntil: string;
    };

export type EventKind = EventBody["kind"];

/** An event to be written. */
export interface NewEvent {
  /** Null: it is about no source. */
  readonly sourceId: string | null;
  readonly body: EventBody;
  /** Trace of what has caused it. Default, of a new event: the active span's. */
  readonly traceparent?: string | undefined;
}

/** An event as stored in the log: immutable, numbered per tenant without gaps in commit order. */
export interface LoggedEvent extends NewEvent {
  readonly tenantId: string;
  readonly seq: bigint;
  /** RFC 3339; the database's clock shortly before the commit. */
  readonly at: string;
}

/** NOTIFY channel; the payload is the tenant's id. */
export const EVENTS_CHANNEL = "sluice_events";
