import { hash, randomUUID } from "node:crypto";
import type { SignedWebhook, UnsignedWebhook, Verification, WebhookCall } from "../../connector-api/webhook.ts";
import { ServiceError } from "../../domain/error.ts";
import { createKeyCache } from "../../protocols/webhooks/key-cache.ts";
import { createTokenBucket } from "../../runtime/token-bucket.ts";
import type { Source } from "../../sources/source.ts";
import type { NewDelivery } from "./delivery.ts";
import { deliveryId, deliveryKey } from "../../domain/delivery-id.ts";

export interface CallVerifierOptions {
  /** Current time in epoch milliseconds, compared with a delivery's timestamp. */
  readonly now: () => number;
  /** Called when a key could not be fetched; the calls that waited for it are rejected. */
  readonly onKeyProblem: (sourceId: string, reason: unknown) => void;
}

/** A webhook call whose body may not have arrived yet. */
export interface IncomingCall {
  /** Lower-case names; a header sent twice has both values in order. */
  readonly headers: WebhookCall["headers"];
  /**
   * Reads the body; called once at most. `onPiece` gets the bytes as they arrive, unless the body comes in one piece.
   * @throws ServiceError PAYLOAD_TOO_LARGE | CANCELED (the sender disconnected); whatever `onPiece` throws
   */
  readBody(onPiece: ((piece: Uint8Array) => void) | undefined): Promise<Uint8Array>;
}

/**
 * Verifies a webhook call of one source and converts it into a delivery.
 * @throws ServiceError SIGNATURE_INVALID; for a source whose provider signs nothing OVERLOADED | PAYLOAD_TOO_LARGE
 */
export type CallVerifier = (call: IncomingCall) => Promise<NewDelivery>;

/** A verified call at the address of a platform. */
export interface PlatformCall {
  /** Returns the account at the provider that it is about, from its body; undefined: it names none. */
  account(): string | undefined;
  /** Returns the delivery for the source that reads the account. */
  deliveryFor(source: Source): NewDelivery;
}

/** Maximum number of characters of an event's name that are stored. */
const MAX_EVENT_TYPE_CHARACTERS = 255;

/** Anybody may send a ping, so only few of them are accepted and they are small. Ten pings request the same as one. */
const HINT_BUDGET = { capacity: 10, refillMs: 6_000 };
const MAX_HINT_BYTES = 64 * 1024;
const UNSIGNED: Verification = { scheme: "unsigned" };

/** Undefined: the source accepts no webhooks. */
export function createCallVerifier(source: Source, options: CallVerifierOptions): CallVerifier | undefined {
  const { webhook } = source.connector;
  if (webhook === undefined || webhook.isConfigured?.(source.config) === false) return undefined;
  return webhook.trust === "SIGNED"
    ? createSignatureVerifier(source, webhook, options)
    : createHintVerifier(source, webhook, options);
}

function createSignatureVerifier(
  source: Source,
  webhook: SignedWebhook<unknown>,
  options: CallVerifierOptions,
): CallVerifier {
  const verify = createVerification(source, webhook, options);
  return async (incoming) => (await verify(incoming)).deliveryFor(source);
}

/**
 * Creates the verifier of calls at the address of a platform, by one of its sources: they share the platform's settings.
 * Undefined: they accept no webhooks, or the calls name no account.
 */
export function createPlatformVerifier(
  source: Source,
  options: CallVerifierOptions,
): ((call: IncomingCall) => Promise<PlatformCall>) | undefined {
  const { webhook } = source.connector;
  if (webhook?.recipient === undefined || webhook.trust !== "SIGNED" || webhook.isConfigured?.(source.config) === false)
    return undefined;
  return createVerification(source, webhook, options);
}

function createVerification(
  source: Source,
  webhook: SignedWebhook<unknown>,
  options: CallVerifierOptions,
): (call: IncomingCall) => Promise<PlatformCall> {
  const { config } = source;
  const keyOf = createKeys(source, webhook, options);
  return async (incoming) => {
    const call = await receive(webhook, incoming, config, options.now());
    const input = { ...call, config, nowMs: options.now() };
    const key = keyOf === undefined ? undefined : await keyOf(input);
    const verification = webhook.verify({ ...input, key });
    const { deliveryId: providerId, eventType } = webhook.identify(call);
    const contentHash = hash("sha256", call.body, "hex");
    const identified = { key: deliveryKey(providerId, contentHash), eventType, contentHash, verification };
    return { account: () => webhook.recipient?.(call), deliveryFor: (owner) => deliveryOf(owner, call, identified) };
  };
}

/** Reads the body of a call that its headers do not refuse. A body in one piece is hashed by `verify` alone. */
async function receive(
  webhook: SignedWebhook<unknown>,
  { headers, readBody }: IncomingCall,
  config: unknown,
  nowMs: number,
): Promise<WebhookCall> {
  const check = webhook.begin?.({ headers, config, nowMs });
  let inPieces = false;
  const body = await readBody(
    check &&
      ((piece) => {
        inPieces = true;
        check.update(piece);
      }),
  );
  if (inPieces) check?.end();
  return { headers, body };
}

/**
 * A provider waits for the response to the call, and the call waits for the key. The key is therefore fetched with
 * interactive priority.
 */
function createKeys(source: Source, { keys }: SignedWebhook<unknown>, { now, onKeyProblem }: CallVerifierOptions) {
  if (keys === undefined) return undefined;
  const { id, config } = source;
  const cache = createKeyCache({
    fetchKey: (keyId, signal) => keys.fetchKey({ config, client: source.client("interactive"), keyId, signal }),
    nowMs: now,
    onFetchFailed: (reason) => onKeyProblem(id, reason),
  });
  return async (input: Parameters<typeof keys.keyId>[0]): Promise<object | undefined> => {
    const keyId = keys.keyId(input);
    return keyId === undefined ? undefined : cache.get(keyId);
  };
}

/**
 * Two equal pings are two deliveries: a repeat cannot be distinguished from a second ping, and each is only a reason to
 * query the provider.
 */
function createHintVerifier(
  source: Source,
  webhook: UnsignedWebhook<unknown>,
  { now }: CallVerifierOptions,
): CallVerifier {
  const budget = createTokenBucket({ ...HINT_BUDGET, nowMs: now });
  return async ({ headers, readBody }) => {
    const call = { headers, body: await readBody(undefined) };
    if (call.body.byteLength > MAX_HINT_BYTES)
      throw new ServiceError("PAYLOAD_TOO_LARGE", `an unsigned call must have at most ${MAX_HINT_BYTES} bytes`);
    if (!budget.take())
      throw new ServiceError("OVERLOADED", "too many unsigned calls", { retryAfterMs: HINT_BUDGET.refillMs });
    const { eventType } = webhook.identify(call);
    const contentHash = hash("sha256", call.body, "hex");
    return deliveryOf(source, call, { key: randomUUID(), eventType, contentHash, verification: UNSIGNED });
  };
}

interface Identified {
  readonly key: string;
  readonly eventType: string | undefined;
  readonly contentHash: string;
  readonly verification: Verification;
}

function deliveryOf({ tenantId, id: sourceId }: Source, { body }: WebhookCall, identified: Identified): NewDelivery {
  const { key, eventType, contentHash, verification } = identified;
  return {
    tenantId,
    sourceId,
    id: deliveryId(tenantId, sourceId, key),
    key,
    eventType: eventType?.replaceAll("\0", "\u{fffd}").slice(0, MAX_EVENT_TYPE_CHARACTERS),
    body,
    contentHash,
    verification: JSON.stringify(verification),
  };
}
