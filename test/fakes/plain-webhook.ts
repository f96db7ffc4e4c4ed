import type { HintMessage, StreamHintMessage } from "../../src/connector-api/messages.ts";
import type { SignedWebhook, UnsignedWebhook, WebhookMessage } from "../../src/connector-api/webhook.ts";
import { ServiceError } from "../../src/domain/error.ts";
import { verifySharedHeader } from "../../src/protocols/webhooks/shared-header.ts";
import { at, partyMessage, partyTombstone } from "../helpers/messages.ts";

/** The content of a call of the plain provider, as JSON in its body. */
export interface PlainEvent {
  readonly id?: string;
  readonly type?: string;
  /** Parties: external id, name (null: it is deleted), time of the version. */
  readonly parties?: readonly (readonly [externalId: string, name: string | null, moment: number])[];
  /** Parties that may have changed. */
  readonly changed?: readonly string[];
  readonly streams?: readonly string[];
}

export const PLAIN_HEADERS = { "x-key": "secret" };

/** A provider whose calls have a shared secret in `x-key`, and events in a form that is easy to write. */
export function plainWebhook(changes: Partial<SignedWebhook<unknown>> = {}): SignedWebhook<unknown> {
  return {
    trust: "SIGNED",
    verify({ headers, nowMs }) {
      const { secret, ...proof } = verifySharedHeader({ headers, header: "x-key", secrets: ["secret"], nowMs });
      return { ...proof, key: `secrets[${secret}]` };
    },
    identify: ({ body }) => ({ deliveryId: read(body)?.id, eventType: read(body)?.type }),
    parse: (raw) => messagesOf(raw.payload.bytes),
    ...changes,
  };
}

/** The same provider without signatures. */
export function unsignedWebhook(): UnsignedWebhook<unknown> {
  return {
    trust: "HINT",
    identify: ({ body }) => ({ deliveryId: read(body)?.id, eventType: read(body)?.type }),
    parse: (raw) => messagesOf(raw.payload.bytes).filter((message) => isHint(message)),
  };
}

function isHint(message: WebhookMessage): message is HintMessage | StreamHintMessage {
  return message.type === "hint" || message.type === "streamHint";
}

function read(body: Uint8Array): PlainEvent | undefined {
  try {
    return JSON.parse(Buffer.from(body).toString()) as PlainEvent; // tests write it
  } catch {
    return undefined;
  }
}

function messagesOf(bytes: Uint8Array): readonly WebhookMessage[] {
  const event = read(bytes);
  if (event === undefined) throw new ServiceError("DELIVERY_MALFORMED", "the delivery is no JSON");
  const { parties = [], changed = [], streams = [] } = event;
  return [
    ...parties.map(([externalId, name, moment]) =>
      name === null
        ? partyTombstone(externalId, at(BigInt(moment)))
        : partyMessage(externalId, name, at(BigInt(moment))),
    ),
    ...changed.map((externalId) => ({ type: "hint", entity: "Party", externalId }) as const),
    ...streams.map((stream) => ({ type: "streamHint", stream }) as const),
  ];
}
