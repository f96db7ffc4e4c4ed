import { randomUUID } from "node:crypto";
import Stripe from "stripe";
import { fixture } from "../../src/connectors/stripe/fixtures/load.ts";
import { WAIT_LIMIT_MS } from "./eventually.ts";

const { webhooks } = new Stripe("sk_test_unused");

/** One webhook call in Stripe's format. */
export interface SignedDelivery {
  readonly body: string;
  readonly signature: string;
}

export interface EventOptions {
  readonly id?: string;
  readonly type: string;
  /** Unix seconds; time of the event, and of the signature unless another time is given. */
  readonly created?: number;
  readonly object: unknown;
}

/** The text of a Stripe event. */
export function eventBody({ id, type, created, object }: EventOptions): string {
  return JSON.stringify({
    id: id ?? `evt_${randomUUID().replaceAll("-", "")}`,
    object: "event",
    api_version: "2026-10-28.endive",
    created: created ?? Math.floor(Date.now() / 1000),
    data: { object },
    livemode: false,
    pending_webhooks: 1,
    request: { id: null, idempotency_key: null },
    type,
  });
}

/** Signs with Stripe's own code. @param timestamp Unix seconds. Default: now */
export function sign(body: string, secret: string, timestamp = Math.floor(Date.now() / 1000)): SignedDelivery {
  return { body, signature: webhooks.generateTestHeaderString({ payload: body, secret, timestamp }) };
}

/** Makes the call. */
export function deliver(url: string, sourceId: string, { body, signature }: SignedDelivery): Promise<Response> {
  return fetch(`${url}/webhooks/${sourceId}`, {
    method: "POST",
    headers: { "content-type": "application/json; charset=utf-8", "stripe-signature": signature },
    body,
    signal: AbortSignal.timeout(WAIT_LIMIT_MS),
  });
}

/** The customer of the connector's fixture, with another id and name. */
export function customer(id: string, name: string, created = 1_763_800_000): Record<string, unknown> {
  return fixture("customer", { id, name, created });
}

/** A call to the inbox whose body has arrived whole. */
export function arrivedCall({ body, signature }: SignedDelivery) {
  const headers = new Map([["stripe-signature", [signature]]]);
  return { headers, readBody: () => Promise.resolve(Buffer.from(body)) };
}
