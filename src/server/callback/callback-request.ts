import { z } from "zod";
import { ServiceError } from "../../domain/error.ts";

/** Where and how a gateway wants the events of a subscription: `extensions.subscription` of the operation. */
export interface CallbackRequest {
  /** In normal form, without credentials and fragment. */
  readonly callbackUrl: string;
  readonly subscriptionId: string;
  /** Proves to the gateway that a call is about this subscription. Secret. */
  readonly verifier: string;
  /** The gateway gives the subscription up after some multiple of this; 0: it expects no heartbeats. */
  readonly heartbeatMs: number;
}

const MAX_URL_LENGTH = 2_000;
/** Apollo Router sends 64 characters, Hive Gateway a UUID. */
const MAX_ID_LENGTH = 500;
const MAX_HEARTBEAT_MS = 3_600_000;

const text = (max: number) => z.string().min(1).max(max);

/** The names in snake case are those of early versions of the protocol, which Apollo Server reads too. */
const SUBSCRIPTION = z.looseObject({
  callbackUrl: text(MAX_URL_LENGTH).optional(),
  callback_url: text(MAX_URL_LENGTH).optional(),
  subscriptionId: text(MAX_ID_LENGTH).optional(),
  subscription_id: text(MAX_ID_LENGTH).optional(),
  verifier: text(MAX_ID_LENGTH),
  heartbeatIntervalMs: z.int().min(0).max(MAX_HEARTBEAT_MS).optional(),
  heartbeat_interval_ms: z.int().min(0).max(MAX_HEARTBEAT_MS).optional(),
});

/** Returns true if a client accepts Apollo's HTTP callback protocol, version 1.0. */
export function acceptsCallback(accept: string | undefined): boolean {
  return accept !== undefined && /;\s*callbackspec\s*=\s*"?1\.0"?\s*(?:[;,]|$)/i.test(accept);
}

/**
 * Reads where the events are to be sent; undefined if the request does not say.
 * @param body of the request
 * @throws ServiceError INVALID_INPUT naming the member that is not valid, without its value
 */
export function readCallbackRequest(body: unknown): CallbackRequest | undefined {
  const given = subscriptionOf(body);
  if (given === undefined) return undefined;
  const parsed = SUBSCRIPTION.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalid([...(issue?.path ?? [])].join("."), issue?.message ?? "is not valid");
  }
  const { data } = parsed;
  const url = data.callbackUrl ?? data.callback_url;
  const subscriptionId = data.subscriptionId ?? data.subscription_id;
  if (url === undefined) throw invalid("callbackUrl", "is required");
  if (subscriptionId === undefined) throw invalid("subscriptionId", "is required");
  const heartbeatMs = data.heartbeatIntervalMs ?? data.heartbeat_interval_ms ?? 0;
  return { callbackUrl: normalUrl(url), subscriptionId, verifier: data.verifier, heartbeatMs };
}

function subscriptionOf(body: unknown): unknown {
  const { extensions } = Object(body) as { readonly extensions?: unknown }; // any object may have it
  return (Object(extensions) as { readonly subscription?: unknown }).subscription;
}

function normalUrl(given: string): string {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  const isPlain = url !== undefined && /^https?:$/.test(url.protocol) && url.username === "" && url.password === "";
  if (!isPlain || url.hash !== "" || url.pathname.startsWith("//"))
    throw invalid("callbackUrl", "must be an http or https URL without credentials and fragment");
  return url.href;
}

function invalid(member: string, expected: string): ServiceError {
  const name = ["extensions.subscription", ...(member === "" ? [] : [member])].join(".");
  return new ServiceError("INVALID_INPUT", `${name}: ${expected}`);
}
