import { hash } from "node:crypto";
import type { WebhookCall } from "../connector-api/webhook.ts";
import { ServiceError } from "../domain/error.ts";
import type { Source } from "../upstream/source.ts";
import type { NewDelivery } from "./delivery.ts";
import { deliveryId, deliveryKey } from "../domain/delivery-id.ts";

/** An event's name, as far as it is kept. */
const MAX_EVENT_TYPE_CHARACTERS = 255;

/**
 * A webhook call as the delivery that it is, once its signature holds.
 * @param source undefined: there is none of the name that was called; answered like one that takes no webhooks
 * @throws ServiceError NOT_FOUND | SIGNATURE_INVALID
 */
export function verifyDelivery(source: Source | undefined, call: WebhookCall, nowMs: number): NewDelivery {
  const webhook = source?.connector.webhook;
  if (source === undefined || webhook?.trust !== "SIGNED" || webhook.isConfigured?.(source.config) === false) {
    throw new ServiceError("NOT_FOUND", "no webhooks are taken here");
  }
  webhook.verify({ ...call, config: source.config, nowMs, key: undefined });
  const identity = webhook.identify(call);
  const contentHash = hash("sha256", call.body, "hex");
  const key = deliveryKey(identity.deliveryId, contentHash);
  return {
    tenantId: source.tenantId,
    sourceId: source.id,
    id: deliveryId(source.tenantId, source.id, key),
    key,
    eventType: identity.eventType?.replaceAll("\0", "\u{fffd}").slice(0, MAX_EVENT_TYPE_CHARACTERS),
    body: call.body,
    contentHash,
  };
}
