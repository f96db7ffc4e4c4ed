import { startHttpServer } from "./local-server.ts";

/** An object in the format of Stripe's API. */
export type StripeObject = Readonly<Record<string, unknown>> & { readonly id: string; readonly object: string };

export interface EventOptions {
  readonly type: string;
  readonly object: object;
  readonly id?: string;
  /** Unix seconds. Default: now. */
  readonly created?: number;
  /** Default: the version that the connector uses. */
  readonly apiVersion?: string | null;
  readonly previousAttributes?: Readonly<Record<string, unknown>>;
}

export interface StripeAnswer {
  readonly status: number;
  readonly body: unknown;
}

/**
 * One Stripe account that a test fills object by object. It responds to lists, filters and single objects, and records
 * its requests.
 */
export interface StripeAccount extends AsyncDisposable {
  readonly url: string;
  /** Path and query of each request, in order. */
  readonly requests: readonly string[];
  /** Stores objects, or replaces them. */
  put(...objects: readonly StripeObject[]): void;
  /** The text of an event, which `/v1/events` lists from now on unless `isListed` is false. */
  event(options: EventOptions & { readonly isListed?: boolean }): string;
  /** Called before each response; undefined: the true response is sent. */
  intercept(answer: (url: URL) => StripeAnswer | undefined): void;
}

/** The collection under `/v1/` by the object's type. */
const COLLECTIONS: Readonly<Record<string, string>> = {
  customer: "customers",
  payment_intent: "payment_intents",
  charge: "charges",
  refund: "refunds",
  dispute: "disputes",
  payout: "payouts",
  balance_transaction: "balance_transactions",
  event: "events",
};

const BALANCE = { object: "balance", available: [], pending: [], livemode: false };
const PAGING = new Set(["limit", "starting_after", "expand[]", "types[]", "created[gte]", "created[lt]"]);

/** Starts an empty account on a free port. */
export async function startStripeAccount(): Promise<StripeAccount> {
  const collections = new Map<string, Map<string, StripeObject>>();
  const requests: string[] = [];
  let intercepted: (url: URL) => StripeAnswer | undefined = () => undefined;
  let events = 0;

  const collectionOf = (name: string): Map<string, StripeObject> => {
    const existing = collections.get(name) ?? new Map<string, StripeObject>();
    collections.set(name, existing);
    return existing;
  };

  function put(...objects: readonly StripeObject[]): void {
    for (const object of objects) collectionOf(COLLECTIONS[object.object] ?? object.object).set(object.id, object);
  }

  function answer(url: URL): StripeAnswer {
    const [, , name = "", id] = url.pathname.split("/");
    if (name === "balance") return { status: 200, body: BALANCE };
    if (id === undefined) return { status: 200, body: listOf(url, [...collectionOf(name).values()]) };
    const object = collectionOf(name).get(decodeURIComponent(id));
    if (object !== undefined) return { status: 200, body: object };
    const error = { type: "invalid_request_error", code: "resource_missing", param: "id", message: "No such object" };
    return { status: 404, body: { error } };
  }

  const server = await startHttpServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://stripe.test");
    requests.push(`${url.pathname}${url.search}`);
    const { status, body } = intercepted(url) ?? answer(url);
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  return {
    url: server.url,
    requests,
    put,
    event({ isListed = true, ...options }) {
      events += 1;
      const event = eventOf(options, `evt_${events}`);
      if (isListed) put(event);
      return JSON.stringify(event);
    },
    intercept: (next) => void (intercepted = next),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

function eventOf({ id, type, created, object, apiVersion, previousAttributes }: EventOptions, nextId: string) {
  return {
    id: id ?? nextId,
    object: "event",
    api_version: apiVersion === undefined ? "2026-10-28.endive" : apiVersion,
    created: created ?? Math.floor(Date.now() / 1000),
    data: { object, ...(previousAttributes !== undefined && { previous_attributes: previousAttributes }) },
    livemode: false,
    pending_webhooks: 1,
    request: { id: null, idempotency_key: null },
    type,
  };
}

/** Lists newest first, filtered by creation time, by event type and by any field of the object that the query names. */
function listOf(url: URL, objects: readonly StripeObject[]): unknown {
  const { searchParams } = url;
  const types = searchParams.getAll("types[]");
  const from = Number(searchParams.get("created[gte]") ?? 0);
  const to = Number(searchParams.get("created[lt]") ?? Infinity);
  const filters = [...searchParams].filter(([name]) => !PAGING.has(name));
  const matching = objects.filter(
    (object) =>
      Number(object["created"]) >= from &&
      Number(object["created"]) < to &&
      (types.length === 0 || types.includes(String(object["type"]))) &&
      filters.every(([name, value]) => object[name] === value),
  );
  const sorted = matching.toReversed();
  const after = searchParams.get("starting_after");
  const start = after === null ? 0 : sorted.findIndex(({ id }) => id === after) + 1;
  const data = sorted.slice(start, start + Number(searchParams.get("limit") ?? 10));
  return { object: "list", url: url.pathname, has_more: start + data.length < sorted.length, data };
}
