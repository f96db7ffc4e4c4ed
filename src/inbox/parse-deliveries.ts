import type { Applicable } from "../apply/applicable.ts";
import type { WebhookMessage } from "../connector-api/webhook.ts";
import { ServiceError } from "../domain/error.ts";
import type { Source } from "../upstream/source.ts";
import type { DueDelivery } from "./due-deliveries.ts";
import type { FailedDelivery } from "./failed-deliveries.ts";

/** What a set of deliveries says. */
export interface ParsedDeliveries {
  readonly items: readonly Applicable[];
  /** Streams that have something new, by the deliveries that say so. Only streams that the connector has. */
  readonly reads: readonly { readonly stream: string; readonly deliveryId: string }[];
  /** Ids of those that could be read. */
  readonly parsed: readonly string[];
  readonly failed: readonly FailedDelivery[];
}

/** Payload of a delivery as its connector's `parse` is given it. What the bytes are is the connector's knowledge. */
const MEDIA_TYPE = "application/octet-stream";

/** Reads each by itself: one that is no event stops only itself. */
export function parseDeliveries(source: Source, deliveries: readonly DueDelivery[]): ParsedDeliveries {
  const streams = new Set(source.connector.streams.map(({ name }) => name));
  const items: Applicable[] = [];
  const reads: { stream: string; deliveryId: string }[] = [];
  const parsed: string[] = [];
  const failed: FailedDelivery[] = [];
  for (const { id, body, attempts } of deliveries) {
    try {
      for (const message of parse(source, body)) {
        if (message.type !== "streamHint") items.push({ message, deliveryId: id });
        else if (streams.has(message.stream)) reads.push({ stream: message.stream, deliveryId: id });
      }
      parsed.push(id);
    } catch (reason) {
      failed.push({ id, attempts, reason });
    }
  }
  return { items, reads, parsed, failed };
}

function parse({ connector, config }: Source, bytes: Uint8Array | undefined): readonly WebhookMessage[] {
  if (bytes === undefined) throw bodyGone();
  if (connector.webhook === undefined) {
    throw new ServiceError("DELIVERY_MALFORMED", "the source's connector no longer takes webhooks");
  }
  return connector.webhook.parse({ payload: { bytes, mediaType: MEDIA_TYPE }, path: "" }, config);
}

/** Of a delivery that is known for ever, and whose bytes are older than what is kept. */
export function bodyGone(): ServiceError {
  return new ServiceError("INVALID_INPUT", "the delivery's body is no longer kept, so it can't be applied again");
}
