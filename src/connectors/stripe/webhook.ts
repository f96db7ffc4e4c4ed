import { isDeepStrictEqual } from "node:util";
import type { RawPointer } from "../../connector-api/messages.ts";
import type { DeliveryIdentity, SignedWebhook, WebhookCall, WebhookMessage } from "../../connector-api/webhook.ts";
import { ServiceError } from "../../domain/error.ts";
import { parseExactJson } from "../../protocols/rest/exact-json.ts";
import { verifyStripeV1 } from "../../protocols/webhooks/stripe-v1.ts";
import { isLiveKey, type StripeConfig } from "./config.ts";
import { eventIdOf, messagesOfEvent, parseEvent } from "./event.ts";
import { eventTypeWire, type EventWire } from "./wire/event.ts";

/** Stripe's webhooks: events with a snapshot of the object, signed with the endpoint's secret. */
export const stripeWebhook: SignedWebhook<StripeConfig> = {
  trust: "SIGNED",
  isConfigured: ({ webhookSecrets }) => webhookSecrets.length > 0,
  verify({ body, headers, config, nowMs }) {
    const { secret, ...proof } = verifyStripeV1({ body, headers, secrets: config.webhookSecrets, nowMs });
    return { ...proof, key: `webhookSecrets[${secret}]` };
  },
  identify,
  isSame,
  parse,
};

/** Stripe sends one event several times with another `pending_webhooks`: how many deliveries of it are not yet answered. */
function isSame(held: Uint8Array, other: Uint8Array): boolean {
  const [one, two] = [withoutPending(held), withoutPending(other)];
  return one !== undefined && two !== undefined && isDeepStrictEqual(one, two);
}

/** Undefined: no JSON object. */
function withoutPending(body: Uint8Array): object | undefined {
  try {
    const json = parseExactJson(body);
    if (typeof json !== "object" || json === null || Array.isArray(json)) return undefined;
    const { pending_webhooks: _count, ...rest } = json as Readonly<Record<string, unknown>>; // an object of JSON has any keys
    return rest;
  } catch {
    // Bytes that are not JSON say the same only when they are the same.
    return undefined;
  }
}

function identify({ body }: WebhookCall): DeliveryIdentity {
  try {
    const json = parseExactJson(body);
    const type = eventTypeWire.safeParse(json);
    return { deliveryId: eventIdOf(json), eventType: type.success ? type.data.type : undefined };
  } catch {
    // Not JSON: `parse` says so with words when it is applied.
    return { deliveryId: undefined, eventType: undefined };
  }
}

function parse(raw: RawPointer, { apiKey }: StripeConfig): readonly WebhookMessage[] {
  const event = parseEvent(parseBody(raw.payload.bytes));
  if (event === undefined) throw new ServiceError("DELIVERY_MALFORMED", "the delivery is no Stripe event");
  requireMode(event, apiKey);
  return messagesOfEvent(event, raw);
}

/**
 * Test mode and live mode are two accounts in all but the name. With the secret of the other mode's endpoint in the
 * settings, payments that nobody made would stand among those that somebody did.
 */
function requireMode({ livemode }: EventWire, apiKey: string): void {
  const isLive = isLiveKey(apiKey);
  if (typeof livemode !== "boolean" || isLive === undefined || livemode === isLive) return;
  const [its, ours] = livemode ? ["live", "test"] : ["test", "live"];
  throw new ServiceError("DELIVERY_MALFORMED", `an event of ${its} mode, and the source's key is of ${ours} mode`);
}

function parseBody(bytes: Uint8Array): unknown {
  try {
    return parseExactJson(bytes);
  } catch (reason) {
    const { publicMessage } = ServiceError.from(reason);
    throw new ServiceError("DELIVERY_MALFORMED", `the delivery is no Stripe event: ${publicMessage}`, {
      cause: reason,
    });
  }
}
