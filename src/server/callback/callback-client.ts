import { ServiceError } from "../../domain/error.ts";
import { createHttp, type Http } from "../../protocols/rest/http.ts";
import type { CallbackRequest } from "./callback-request.ts";

/** One call of the protocol; `payload` and `errors` are JSON. */
export type CallbackMessage =
  | { readonly action: "check" }
  | { readonly action: "next"; readonly payload: string }
  /** Without errors the subscription is complete. Routers leave their client waiting if the member is there and empty. */
  | { readonly action: "complete"; readonly errors?: string };

export interface SendOptions {
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
}

/** Calls gateways, at the origins that the operator has allowed and nowhere else. */
export interface CallbackClient {
  /** @throws ServiceError FORBIDDEN for a URL at another origin */
  requireAllowed(callbackUrl: string): void;
  /**
   * Sends one message. Resolves with false if the gateway answers that it does not want the subscription.
   * @throws ServiceError UPSTREAM_UNAVAILABLE when the gateway may accept the message later; UPSTREAM_REJECTED when its
   * address is not allowed; CANCELED
   */
  send(to: CallbackRequest, message: CallbackMessage, options: SendOptions): Promise<boolean>;
  close(): Promise<void>;
}

export interface CallbackClientOptions {
  /** `https://router.example:4000` */
  readonly origins: readonly string[];
  /** Networks beyond the public ones that the gateways may be in. */
  readonly networks: readonly string[];
}

/** Of one origin. Each subscription sends one message at a time. */
const CONNECTIONS = 64;
/** The answer has no content that matters. */
const MAX_ANSWER_BYTES = 64 * 1024;

/** Source: Apollo Router, "HTTP callback protocol for GraphQL subscriptions", version 1.0 */
export function createCallbackClient({ origins, networks }: CallbackClientOptions): CallbackClient {
  const gateways = new Map<string, Http>(
    origins.map((baseUrl) => [new URL(baseUrl).origin, createHttp({ baseUrl, connections: CONNECTIONS, networks })]),
  );

  function gatewayOf(url: URL): Http {
    const gateway = gateways.get(url.origin);
    if (gateway !== undefined) return gateway;
    throw new ServiceError(
      "FORBIDDEN",
      "extensions.subscription.callbackUrl must be at an origin that the operator has allowed",
    );
  }

  return {
    requireAllowed: (callbackUrl) => void gatewayOf(new URL(callbackUrl)),
    async send(to, message, { signal, timeoutMs }) {
      const url = new URL(to.callbackUrl);
      const { status } = await gatewayOf(url).send(
        {
          method: "POST",
          path: `${url.pathname}${url.search}`,
          headers: { "content-type": "application/json", "subscription-protocol": "callback/1.0" },
          body: bodyOf(to, message),
        },
        { signal, timeoutMs, maxBytes: MAX_ANSWER_BYTES },
      );
      if (status >= 200 && status < 300) return true;
      if (status >= 400 && status < 500 && status !== 408 && status !== 429) return false;
      throw new ServiceError("UPSTREAM_UNAVAILABLE", "the gateway does not accept messages at the moment", {
        detail: `the gateway answered ${status}`,
      });
    },
    async close() {
      await Promise.all([...gateways.values()].map((gateway) => gateway.close()));
    },
  };
}

function bodyOf({ subscriptionId: id, verifier }: CallbackRequest, message: CallbackMessage): string {
  const { action } = message;
  const head = JSON.stringify({ kind: "subscription", action, id, verifier }).slice(0, -1);
  if (action === "next") return `${head},"payload":${message.payload}}`;
  return action === "complete" && message.errors !== undefined ? `${head},"errors":${message.errors}}` : `${head}}`;
}
