import type { RawPointer } from "../../connector-api/messages.ts";
import type { DeliveryIdentity, Webhook, WebhookMessage } from "../../connector-api/webhook.ts";
import { ServiceError } from "../../domain/error.ts";
import { parseExactJson } from "../../protocols/rest/exact-json.ts";
import type { StripeConfig } from "./config.ts";
import { eventIdOf, messagesOfEvent, parseEvent } from "./event.ts";
import { verifySignature } from "./signature.ts";
import { eventTypeWire } from "./wire/event.ts";

/** Stripe's webhooks: events with a snapshot of the object, signed with the endpoint's secret. */
export const stripeWebhook: Webhook<StripeConfig> = {
  verify({ body, headers, config, nowMs }) {
    verifySignature({ body, header: headers.get("stripe-signature") ?? [], secrets: config.webhookSecrets, nowMs });
  },
  identify,
  parse,
};

function identify(body: Uint8Array): DeliveryIdentity {
  try {
    const json = parseExactJson(body);
    const type = eventTypeWire.safeParse(json);
    return { deliveryId: eventIdOf(json), eventType: type.success ? type.data.type : undefined };
  } catch {
    // Not JSON: `parse` says so with words when it is applied.
    return { deliveryId: undefined, eventType: undefined };
  }
}

function parse(raw: RawPointer): readonly WebhookMessage[] {
  const event = parseEvent(parseBody(raw.payload.bytes));
  if (event === undefined) throw new ServiceError("DELIVERY_MALFORMED", "the delivery is no Stripe event");
  return messagesOfEvent(event, raw);
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
