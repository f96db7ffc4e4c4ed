import type { Applicable } from "../apply/applicable.ts";
import type { AccessEndMessage, FindingMessage } from "../../connector-api/messages.ts";
import type { WebhookMessage } from "../../connector-api/webhook.ts";
import { ServiceError } from "../../domain/error.ts";
import type { Source } from "../../sources/source.ts";
import type { DueDelivery } from "./due-deliveries.ts";
import type { FailedDelivery } from "./failed-deliveries.ts";

/** Contents of a set of deliveries. */
export interface ParsedDeliveries {
  readonly items: readonly Applicable[];
  /** Streams that have something new, by the deliveries that report it. Only streams that the connector has. */
  readonly reads: readonly { readonly stream: string; readonly deliveryId: string }[];
  readonly findings: readonly FindingMessage[];
  readonly accessEnds: readonly AccessEndMessage[];
  /** Ids of the deliveries that could be parsed. */
  readonly parsed: readonly string[];
  readonly failed: readonly FailedDelivery[];
}

/**
 * Media type of the payload that the connector's `parse` receives. Only the connector knows the format of the bytes.
 */
const MEDIA_TYPE = "application/octet-stream";

/** Parses each delivery separately: one that is not a valid event stops only itself. */
export function parseDeliveries(source: Source, deliveries: readonly DueDelivery[]): ParsedDeliveries {
  const streams = new Set(source.connector.streams.map(({ name }) => name));
  const items: Applicable[] = [];
  const reads: { stream: string; deliveryId: string }[] = [];
  const findings: FindingMessage[] = [];
  const accessEnds: AccessEndMessage[] = [];
  const parsed: string[] = [];
  const failed: FailedDelivery[] = [];
  for (const { id, body, attempts, receivedAt } of deliveries) {
    try {
      for (const message of parse(source, body)) {
        if (message.type === "finding") findings.push(message);
        else if (message.type === "accessEnd") accessEnds.push(datedBy(message, receivedAt));
        else if (message.type !== "streamHint") items.push({ message, deliveryId: id });
        else if (streams.has(message.stream)) reads.push({ stream: message.stream, deliveryId: id });
      }
      parsed.push(id);
    } catch (reason) {
      failed.push({ id, attempts, reason });
    }
  }
  return { items, reads, findings, accessEnds, parsed, failed };
}

function datedBy(message: AccessEndMessage, receivedAt: string): AccessEndMessage {
  if (message.at !== undefined || message.afterMs === undefined) return message;
  return { ...message, at: new Date(Date.parse(receivedAt) + message.afterMs).toISOString() };
}

function parse({ connector, config }: Source, bytes: Uint8Array | undefined): readonly WebhookMessage[] {
  if (bytes === undefined) throw bodyDeleted();
  if (connector.webhook === undefined) {
    throw new ServiceError("DELIVERY_MALFORMED", "the source's connector no longer accepts webhooks");
  }
  return connector.webhook.parse({ payload: { bytes, mediaType: MEDIA_TYPE }, path: "" }, config);
}

/** Error for a delivery whose id is known forever, but whose body is older than the retention period. */
export function bodyDeleted(): ServiceError {
  return new ServiceError("INVALID_INPUT", "the delivery's body is no longer kept, so it can't be applied again");
}
