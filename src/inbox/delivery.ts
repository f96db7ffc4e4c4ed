/** `PARKED`: given up, with its evidence, until somebody replays it. */
export type DeliveryStatus = "PENDING" | "APPLIED" | "PARKED";

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
}

/** A delivery as an operator sees it. */
export interface Delivery {
  readonly id: string;
  readonly sourceId: string;
  readonly eventType: string | undefined;
  readonly status: DeliveryStatus;
  /** Tries to apply it since it came or was last replayed. */
  readonly attempts: number;
  /** RFC 3339. */
  readonly receivedAt: string;
  readonly finishedAt: string | undefined;
  readonly errorCode: string | undefined;
  readonly errorMessage: string | undefined;
}

/**
 * What became of an ingested delivery. `conflicting`: its id is known and its bytes are others; the first are kept.
 * Providers do that harmlessly (a counter of pending deliveries inside the event), so it is counted, not refused.
 */
export type IngestResult = "stored" | "duplicate" | "conflicting";
