/**
 * `PARKED`: given up, with its evidence, until somebody replays it. `DISCARDED`: somebody said, with a reason, that it is
 * not to be applied.
 */
export type DeliveryStatus = "PENDING" | "APPLIED" | "PARKED" | "DISCARDED";

/** A webhook call that was verified and is about to be stored. */
export interface NewDelivery {
  readonly tenantId: string;
  readonly sourceId: string;
  /** Derived: src/inbox/delivery-id.ts. */
  readonly id: string;
  readonly key: string;
  readonly eventType: string | undefined;
  readonly body: Uint8Array;
  /** SHA-256 of the body, hex. */
  readonly contentHash: string;
  /** `Verification`, as JSON. */
  readonly verification: string;
}

/** A delivery as an operator sees it. */
export interface Delivery {
  readonly id: string;
  readonly sourceId: string;
  readonly eventType: string | undefined;
  readonly status: DeliveryStatus;
  /** Tries to apply it since it came or was last replayed. */
  readonly attempts: number;
  /** Tries before that. */
  readonly earlierAttempts: number;
  /** RFC 3339. */
  readonly receivedAt: string;
  readonly finishedAt: string | undefined;
  readonly errorCode: string | undefined;
  readonly errorMessage: string | undefined;
  readonly discardReason: string | undefined;
  readonly discardedBy: string | undefined;
}

/** What became of an ingested delivery. `conflicting`: its id is known and says something else; what came first is kept. */
export type IngestResult = "stored" | "duplicate" | "conflicting";

/** What was done to many deliveries at once. */
export interface DeliveriesChanged {
  readonly count: number;
  /** There were more than the limit: ask again. */
  readonly more: boolean;
}
