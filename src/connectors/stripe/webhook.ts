import { isDeepStrictEqual } from "node:util";
import type { HintMessage, RawPointer } from "../../connector-api/messages.ts";
import type { DeliveryIdentity, SignedWebhook, WebhookCall, WebhookMessage } from "../../connector-api/webhook.ts";
import { ServiceError } from "../../domain/error.ts";
import { parseExactJson } from "../../protocols/rest/exact-json.ts";
import { beginStripeV1, verifyStripeV1 } from "../../protocols/webhooks/stripe-v1.ts";
import { notConfigured } from "./account-findings.ts";
import { scopedTo } from "./account-scope.ts";
import { STRIPE_VERSION } from "./client.ts";
import { isConnected, isLiveKey, type StripeConfig } from "./config.ts";
import { eventIdOf, messagesOfEvent, parseEvent } from "./event.ts";
import { isSameEvent } from "./same-event.ts";
import { PAYOUT_LINES } from "./streams.ts";
import { accountOfThinEvent, messagesOfThinEvent, parseThinEvent } from "./thin-event.ts";
import { eventTypeWire, type EventWire } from "./wire/event.ts";

/** Stripe's webhooks: events with a snapshot of the object or only its id, signed with the endpoint's secret. */
export const stripeWebhook: SignedWebhook<StripeConfig> = {
  trust: "SIGNED",
  isConfigured: ({ webhookSecrets }) => webhookSecrets.length > 0,
  begin: ({ headers, config, nowMs }) => beginStripeV1({ headers, secrets: config.webhookSecrets, nowMs }),
  verify({ body, headers, config, nowMs }) {
    const { secret, ...proof } = verifyStripeV1({ body, headers, secrets: config.webhookSecrets, nowMs });
    return { ...proof, key: `webhookSecrets[${secret}]` };
  },
  identify,
  recipient,
  isSame: isSameEvent,
  hintsOfRepeat,
  parse,
};

/**
 * Two renderings of one event may contain its object with different fields. If the applied one is not in our version,
 * the object is fetched if the other contains more or fewer fields, so that the order of the two does not matter.
 */
function hintsOfRepeat(existing: Uint8Array, other: Uint8Array, config: StripeConfig): readonly HintMessage[] {
  const [applied, repeated] = [existing, other].map((body) => parseEvent(parseBody(body)));
  if (applied === undefined || repeated === undefined) return [];
  if (applied.api_version === STRIPE_VERSION || applied.api_version === repeated.api_version) return [];
  const [before, after] = [objectsOf(applied, config), objectsOf(repeated, config)];
  return isDeepStrictEqual(before, after) ? [] : after.flatMap(hintOf);
}

/**
 * Returns the messages of an event about objects, without their position in the body, and without what is said about the
 * version in which they are rendered.
 */
function objectsOf(event: EventWire, config: StripeConfig): readonly WebhookMessage[] {
  const raw = { payload: { bytes: new Uint8Array(), mediaType: "application/json" }, path: "" };
  return ofItsAccount(event.account, config, messagesOfEvent(event, raw)).map((message) =>
    message.type === "record"
      ? { ...message, unknowns: message.unknowns.filter(({ of }) => of === undefined) }
      : message,
  );
}

function hintOf(message: WebhookMessage): readonly HintMessage[] {
  if (message.type === "hint") return [message];
  if (message.type === "streamHint" || message.type === "finding" || message.type === "accessEnd") return [];
  const { type: entity, externalId } =
    message.type === "record" ? message.record : { type: message.entity, externalId: message.externalId };
  return externalId === undefined ? [] : [{ type: "hint", entity, externalId }];
}

function recipient({ body }: WebhookCall): string | undefined {
  try {
    const json = parseExactJson(body);
    const thin = parseThinEvent(json);
    return thin === undefined ? (parseEvent(json)?.account ?? undefined) : accountOfThinEvent(thin);
  } catch {
    return undefined; // not JSON: it concerns no account
  }
}

function identify({ body }: WebhookCall): DeliveryIdentity {
  try {
    const json = parseExactJson(body);
    const type = eventTypeWire.safeParse(json);
    return { deliveryId: eventIdOf(json), eventType: type.success ? type.data.type : undefined };
  } catch {
    // Not JSON: `parse` reports that with a message when the delivery is applied.
    return { deliveryId: undefined, eventType: undefined };
  }
}

function parse(raw: RawPointer, config: StripeConfig): readonly WebhookMessage[] {
  const json = parseBody(raw.payload.bytes);
  const thin = parseThinEvent(json);
  if (thin !== undefined) {
    requireMode(thin, config.apiKey);
    return ofItsAccount(accountOfThinEvent(thin), config, [...messagesOfThinEvent(thin), ...readsAfter(thin)]);
  }
  const event = parseEvent(json);
  if (event === undefined) throw new ServiceError("DELIVERY_MALFORMED", "the delivery is not a Stripe event");
  requireMode(event, config.apiKey);
  return ofItsAccount(event.account, config, [...messagesOfEvent(event, raw), ...readsAfter(event)]);
}

/**
 * An event of a connected account concerns that account's objects, not ours; a source that reads one connected account
 * uses the events of that account alone.
 */
function ofItsAccount(
  account: string | null | undefined,
  config: StripeConfig,
  messages: readonly WebhookMessage[],
): readonly WebhookMessage[] {
  if (config.account !== undefined) return account === config.account ? messages : [];
  if (!account) return messages;
  if (!isConnected(config, account)) return [notConfigured(account)];
  return messages.map((message) => scopedTo(account, message));
}

/** The content of a payout is a list of any length: it is read as a stream, not from the delivery. */
function readsAfter({ type }: Pick<EventWire, "type">): readonly WebhookMessage[] {
  return /^(?:v1\.)?payout\.reconciliation_completed$/.test(type) ? [{ type: "streamHint", stream: PAYOUT_LINES }] : [];
}

/**
 * Test mode and live mode are in effect two accounts. With the secret of the other mode's endpoint in the settings,
 * simulated payments would be mixed with real ones.
 */
function requireMode({ livemode }: Pick<EventWire, "livemode">, apiKey: string): void {
  const isLive = isLiveKey(apiKey);
  if (typeof livemode !== "boolean" || isLive === undefined || livemode === isLive) return;
  const [its, ours] = livemode ? ["live", "test"] : ["test", "live"];
  throw new ServiceError("DELIVERY_MALFORMED", `the event is of ${its} mode, but the source's key is of ${ours} mode`);
}

function parseBody(bytes: Uint8Array): unknown {
  try {
    return parseExactJson(bytes);
  } catch (reason) {
    const { publicMessage } = ServiceError.from(reason);
    throw new ServiceError("DELIVERY_MALFORMED", `the delivery is not a Stripe event: ${publicMessage}`, {
      cause: reason,
    });
  }
}
