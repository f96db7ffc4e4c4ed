import type { HintMessage, MalformedMessage, RawPointer, RecordMessage, TombstoneMessage } from "./messages.ts";

export interface WebhookCall {
  /** The body, byte for byte as received. */
  readonly body: Uint8Array;
  /** Lower-case names; a header sent twice has both values in order. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
}

export interface VerifyInput<Config> extends WebhookCall {
  readonly config: Config;
  /** Epoch milliseconds of our clock. */
  readonly nowMs: number;
}

/** Who a verified delivery says it is. */
export interface DeliveryIdentity {
  /** The provider's id of the event; undefined where there is none: the hash of the body stands in. */
  readonly deliveryId: string | undefined;
  /** `charge.refunded`; undefined where the body could not be read (it will be parked, with its bytes). */
  readonly eventType: string | undefined;
}

export type WebhookMessage = RecordMessage | TombstoneMessage | MalformedMessage | HintMessage;

/** How a provider's webhooks are told to be its own, and what they say. Pure: no network, no clock. */
export interface Webhook<Config> {
  /** False: there is nothing to verify with, so that the source takes no webhooks. Absent: it always does. */
  isConfigured?(config: Config): boolean;
  /**
   * Constant work over the raw bytes.
   * @throws ServiceError SIGNATURE_INVALID, always with the same words: no oracle
   */
  verify(input: VerifyInput<Config>): void;
  /** Total: an unreadable body has no id and no type. Called after `verify`. */
  identify(body: Uint8Array): DeliveryIdentity;
  /**
   * What the delivery says. An event that we have no use for gives an empty list.
   * @throws ServiceError DELIVERY_MALFORMED when the body is no event of this source at all
   */
  parse(raw: RawPointer, config: Config): readonly WebhookMessage[];
}
