import type { DateTime } from "../domain/values.ts";
import type { UpstreamClient } from "./client.ts";
import type {
  AccessEndMessage,
  FindingMessage,
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
  /** Result of `keys.fetchKey` for the call's key id; undefined: there is none, or the webhook has no `keys`. */
  readonly key: unknown;
}

/** A call of which only the headers have arrived. */
export type BegunCall<Config> = Pick<VerifyInput<Config>, "headers" | "config" | "nowMs">;

/** Check of a body whose pieces are hashed as they arrive, so that a large body never occupies the event loop. */
export interface BodyCheck {
  /** Takes the next bytes. */
  update(piece: Uint8Array): void;
  /** @throws ServiceError SIGNATURE_INVALID when the headers have no signature of these bytes */
  end(): void;
}

/** Description of how a call was authenticated, shown to operators. Never contains a secret. */
export interface Verification {
  /** `stripe-v1`, `plaid-jwt`. */
  readonly scheme: string;
  /**
   * Key that was used: its id, or its place in the settings: `webhookSecrets[0]`. Undefined if the scheme does not
   * identify it.
   */
  readonly key?: string;
  /** Time of the signature. Undefined if the scheme signs no time. */
  readonly signedAt?: DateTime;
}

/**
 * Keys that only the provider has, by an id that the call contains. The caller caches them and bounds their fetches.
 */
export interface WebhookKeys<Config> {
  /**
   * Returns the id of the key that the call claims to be signed with. Pure. Undefined: no key would help, `verify`
   * rejects the call in any case.
   */
  keyId(input: Omit<VerifyInput<Config>, "key">): string | undefined;
  /**
   * Fetches the key from the provider. Undefined: it has no such key.
   * @throws ServiceError UPSTREAM_*
   */
  fetchKey(input: {
    readonly config: Config;
    readonly client: UpstreamClient;
    readonly keyId: string;
    readonly signal: AbortSignal;
  }): Promise<object | undefined>;
}

/** Identity that a verified delivery contains. */
export interface DeliveryIdentity {
  /** The provider's id of the event; undefined if there is none: the hash of the body is used instead. */
  readonly deliveryId: string | undefined;
  /** `charge.refunded`; undefined if the body could not be read (it will be parked, with its bytes). */
  readonly eventType: string | undefined;
}

export type WebhookMessage =
  | RecordMessage
  | TombstoneMessage
  | MalformedMessage
  | HintMessage
  | StreamHintMessage
  | FindingMessage
  | AccessEndMessage;

interface CommonWebhook<Config> {
  /** False: there is no secret or key to verify with, so the source accepts no webhooks. Absent: it always does. */
  isConfigured?(config: Config): boolean;
  /** Returns the delivery's id and type. Total: an unreadable body has neither. Called after `verify`. */
  identify(call: WebhookCall): DeliveryIdentity;
  /**
   * Returns the account at the provider that a verified call is about, as `Connector.accountOf`: one address may serve
   * many sources. Total. Undefined: the call names none. Absent: every source needs an address of its own.
   */
  recipient?(call: WebhookCall): string | undefined;
  /**
   * Returns true if two bodies received under one id have the same content, for example when one contains a retry
   * counter. Total. Absent: only identical bytes do.
   */
  isSame?(first: Uint8Array, other: Uint8Array): boolean;
  /**
   * Returns objects to fetch again after a body that has the same content as the first one (`isSame`) but includes an
   * object with more or fewer fields: the stored state would otherwise depend on which of the two arrived first. Total.
   * Absent: none.
   */
  hintsOfRepeat?(existing: Uint8Array, other: Uint8Array, config: Config): readonly HintMessage[];
}

/** Webhook whose calls prove their sender. */
export interface SignedWebhook<Config> extends CommonWebhook<Config> {
  readonly trust: "SIGNED";
  /** Absent: every key needed for verification is in the settings. */
  readonly keys?: WebhookKeys<Config>;
  /**
   * Refuses a forged call early: by its headers before the body is read, and by its body while that arrives. It accepts
   * nothing, because `verify` decides. Absent: nothing can be refused before the body is complete.
   * @throws ServiceError SIGNATURE_INVALID when no body would make the call valid
   */
  begin?(call: BegunCall<Config>): BodyCheck;
  /**
   * Verifies the call with constant work over the raw bytes.
   * @throws ServiceError SIGNATURE_INVALID, always with the same text, so that it is no oracle
   */
  verify(input: VerifyInput<Config>): Verification;
  /**
   * Returns the content of the delivery. An event that Sluice does not use gives an empty list.
   * @throws ServiceError DELIVERY_MALFORMED when the body is not an event of this source at all
   */
  parse(raw: RawPointer, config: Config): readonly WebhookMessage[];
}

/**
 * Webhook that anybody can call, because the provider signs nothing. Its content is never trusted. Each call is only a
 * reason to query the provider, and the caller bounds how often that happens.
 */
export interface UnsignedWebhook<Config> extends CommonWebhook<Config> {
  readonly trust: "HINT";
  /** Like `SignedWebhook.parse`, but returns hints only. */
  parse(raw: RawPointer, config: Config): readonly (HintMessage | StreamHintMessage)[];
}

/** Authentication and parsing of a provider's webhooks. Pure except for `keys.fetchKey`: no network, no clock. */
export type Webhook<Config> = SignedWebhook<Config> | UnsignedWebhook<Config>;
