import { hash, randomUUID } from "node:crypto";
import type { SignedWebhook, UnsignedWebhook, Verification, WebhookCall } from "../connector-api/webhook.ts";
import { ServiceError } from "../domain/error.ts";
import { createKeyCache } from "../protocols/webhooks/key-cache.ts";
import { createTokenBucket } from "../protocols/webhooks/token-bucket.ts";
import type { Source } from "../upstream/source.ts";
import type { NewDelivery } from "./delivery.ts";
import { deliveryId, deliveryKey } from "../domain/delivery-id.ts";

export interface GateOptions {
  /** Epoch milliseconds: what a delivery's timestamp is held against. */
  readonly now: () => number;
  /** A key could not be fetched; the calls that waited for it are refused. */
  readonly onKeyProblem: (sourceId: string, reason: unknown) => void;
}

/**
 * Lets a webhook call of one source in, as the delivery that it is.
 * @throws ServiceError SIGNATURE_INVALID; of a source whose provider signs nothing OVERLOADED | PAYLOAD_TOO_LARGE
 */
export type Gate = (call: WebhookCall) => Promise<NewDelivery>;

/** An event's name, as far as it is kept. */
const MAX_EVENT_TYPE_CHARACTERS = 255;

/** Anybody may send a ping, so few of them count and they are small. What they ask for is the same for ten as for one. */
const HINT_BUDGET = { capacity: 10, refillMs: 6_000 };
const MAX_HINT_BYTES = 64 * 1024;
const UNSIGNED: Verification = { scheme: "unsigned" };

/** Undefined: the source takes no webhooks. */
export function createGate(source: Source, options: GateOptions): Gate | undefined {
  const { webhook } = source.connector;
  if (webhook === undefined || webhook.isConfigured?.(source.config) === false) return undefined;
  return webhook.trust === "SIGNED"
    ? createSignedGate(source, webhook, options)
    : createHintGate(source, webhook, options);
}

function createSignedGate(source: Source, webhook: SignedWebhook<unknown>, options: GateOptions): Gate {
  const { config } = source;
  const keyOf = createKeys(source, webhook, options);
  return async (call) => {
    const input = { ...call, config, nowMs: options.now() };
    const key = keyOf === undefined ? undefined : await keyOf(input);
    const verification = webhook.verify({ ...input, key });
    const { deliveryId: providerId, eventType } = webhook.identify(call);
    const contentHash = hash("sha256", call.body, "hex");
    return deliveryOf(source, call, {
      key: deliveryKey(providerId, contentHash),
      eventType,
      contentHash,
      verification,
    });
  };
}

/** A key is in the way of a call that a provider waits for, so it is fetched as what somebody waits for. */
function createKeys(source: Source, { keys }: SignedWebhook<unknown>, { now, onKeyProblem }: GateOptions) {
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

/** Two equal pings are two: nothing tells a repeat from a second one, and each is only a reason to ask the provider. */
function createHintGate(source: Source, webhook: UnsignedWebhook<unknown>, { now }: GateOptions): Gate {
  const budget = createTokenBucket({ ...HINT_BUDGET, nowMs: now });
  return async (call) => {
    if (call.body.byteLength > MAX_HINT_BYTES)
      throw new ServiceError("PAYLOAD_TOO_LARGE", `a call that nobody signed may have ${MAX_HINT_BYTES} bytes`);
    if (!budget.take())
      throw new ServiceError("OVERLOADED", "too many calls that nobody signed", { retryAfterMs: HINT_BUDGET.refillMs });
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
