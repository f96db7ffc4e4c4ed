import type { DateTime } from "../domain/values.ts";
import type { UpstreamClient } from "./client.ts";
import type {
  HintMessage,
  MalformedMessage,
  RawPointer,
  RecordMessage,
  StreamHintMessage,
  TombstoneMessage,
} from "./messages.ts";

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
  /** What `keys.fetchKey` gave for the call's key id; undefined: there is none, or the webhook has no `keys`. */
  readonly key: unknown;
}

/** How a call was told to be the provider's own: shown to operators. Never holds a secret. */
export interface Verification {
  /** `stripe-v1`, `plaid-jwt`. */
  readonly scheme: string;
  /** Which key it was: its id, or its place in the settings: `webhookSecrets[0]`. Undefined where the scheme does not say. */
  readonly key?: string;
  /** When it was signed. Undefined where the scheme signs no time. */
  readonly signedAt?: DateTime;
}

/** Keys that only the provider has, by an id that the call names. They are cached and their fetches bounded from outside. */
export interface WebhookKeys<Config> {
  /** Id of the key that the call says it is signed with. Pure. Undefined: no key would help, `verify` refuses it anyway. */
  keyId(input: Omit<VerifyInput<Config>, "key">): string | undefined;
  /**
   * Asks the provider. Undefined: it has no such key.
   * @throws ServiceError UPSTREAM_*
   */
  fetchKey(input: {
    readonly config: Config;
    readonly client: UpstreamClient;
    readonly keyId: string;
    readonly signal: AbortSignal;
  }): Promise<object | undefined>;
}

/** Who a verified delivery says it is. */
export interface DeliveryIdentity {
  /** The provider's id of the event; undefined where there is none: the hash of the body stands in. */
  readonly deliveryId: string | undefined;
  /** `charge.refunded`; undefined where the body could not be read (it will be parked, with its bytes). */
  readonly eventType: string | undefined;
}

export type WebhookMessage = RecordMessage | TombstoneMessage | MalformedMessage | HintMessage | StreamHintMessage;

interface CommonWebhook<Config> {
  /** False: there is nothing to verify with, so that the source takes no webhooks. Absent: it always does. */
  isConfigured?(config: Config): boolean;
  /** Total: an unreadable body has no id and no type. Called after `verify`. */
  identify(call: WebhookCall): DeliveryIdentity;
  /**
   * Whether two bodies that came under one id say the same, such as when one holds a counter of tries. Total. Absent: only
   * the same bytes do.
   */
  isSame?(held: Uint8Array, other: Uint8Array): boolean;
}

/** Calls that prove who sent them. */
export interface SignedWebhook<Config> extends CommonWebhook<Config> {
  readonly trust: "SIGNED";
  /** Absent: all that is verified with stands in the settings. */
  readonly keys?: WebhookKeys<Config>;
  /**
   * Constant work over the raw bytes.
   * @throws ServiceError SIGNATURE_INVALID, always with the same words: no oracle
   */
  verify(input: VerifyInput<Config>): Verification;
  /**
   * What the delivery says. An event that we have no use for gives an empty list.
   * @throws ServiceError DELIVERY_MALFORMED when the body is no event of this source at all
   */
  parse(raw: RawPointer, config: Config): readonly WebhookMessage[];
}

/**
 * Calls that anybody can make: of a provider that signs nothing. Nothing that they say is believed. Each is only a reason to
 * ask the provider, and how often they may be that is bounded from outside.
 */
export interface UnsignedWebhook<Config> extends CommonWebhook<Config> {
  readonly trust: "HINT";
  /** As `SignedWebhook.parse`, of hints only. */
  parse(raw: RawPointer, config: Config): readonly (HintMessage | StreamHintMessage)[];
}

/** How a provider's webhooks are told to be its own, and what they say. Pure but for `keys.fetchKey`: no network, no clock. */
export type Webhook<Config> = SignedWebhook<Config> | UnsignedWebhook<Config>;
