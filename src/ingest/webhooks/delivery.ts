import type { DeliveryStatus } from "../../domain/lifecycles.ts";
import type { BulkPosition } from "../../store/queries/bulk-position.ts";

/** A webhook call that was verified and is about to be stored. */
export interface NewDelivery {
  readonly tenantId: string;
  readonly sourceId: string;
  /** Derived: src/ingest/webhooks/delivery-id.ts. */
  readonly id: string;
  readonly key: string;
  readonly eventType: string | undefined;
  readonly body: Uint8Array;
  /** SHA-256 of the body, hex. */
  readonly contentHash: string;
  /** `Verification`, as JSON. */
  readonly verification: string;
  /** Trace that its processing continues. Undefined: none. */
  readonly traceparent?: string | undefined;
}

/** A delivery as presented to an operator. */
export interface Delivery {
  readonly id: string;
  readonly sourceId: string;
  readonly eventType: string | undefined;
  readonly status: DeliveryStatus;
  /** Number of attempts to apply it since it arrived or was last replayed. */
  readonly attempts: number;
  /** Number of attempts before that. */
  readonly earlierAttempts: number;
  /** RFC 3339. */
  readonly receivedAt: string;
  readonly finishedAt: string | undefined;
  readonly errorCode: string | undefined;
  readonly errorMessage: string | undefined;
  readonly discardReason: string | undefined;
  readonly discardedBy: string | undefined;
}

/** Result of ingesting a delivery. `conflicting`: its id is known with different content; the first content is kept. */
export type IngestResult = "stored" | "duplicate" | "conflicting";

/** Result of a call. `unassigned`: it came to a platform's address, and no source reads the account that it is about. */
export type CallResult = IngestResult | "unassigned";

/** Result of an operation on several deliveries. */
export interface DeliveriesChanged {
  readonly count: number;
  /** Where the next call continues; undefined if no more deliveries match. */
  readonly end: BulkPosition | undefined;
}
