import type { IncomingMessage, ServerResponse } from "node:http";
import { startHttpServer } from "./local-server.ts";
import { customer, eventBody } from "./stripe-deliveries.ts";

/** An answer that is given instead of the true one. */
export interface FalseAnswer {
  readonly status: number;
  readonly body: string;
}

/**
 * The customers of one Stripe account, on a clock that stands still until it is moved. A change gives the event that
 * Stripe would send; dates are cut to whole seconds, as Stripe's are.
 */
export interface StripeTruth extends AsyncDisposable {
  /** Where its API is. */
  readonly url: string;
  /** Requests answered so far: `/v1/customers/cus_1`. */
  readonly requests: readonly string[];
  /** Forgets all customers; the clock goes on. */
  clear(): void;
  /** Moves the clock. */
  pass(ms: number): void;
  /** Creates a customer, or changes its name. */
  put(id: string, name: string): string;
  /** Deletes a customer; undefined when there is none. */
  remove(id: string): string | undefined;
  /** Name of each customer, undefined of each that was deleted. */
  names(): ReadonlyMap<string, string | undefined>;
  /** Consulted before each answer. */
  lie(answer: (path: string) => FalseAnswer | undefined): void;
  /** Held until the promise resolves, before the answer is made. */
  hold(until: (path: string) => Promise<void> | undefined): void;
}

const START_MS = 1_790_000_000_000;

/** Starts it on a free port. */
export async function startStripeTruth(): Promise<StripeTruth> {
  const objects = new Map<string, Record<string, unknown>>();
  const requests: string[] = [];
  let nowMs = START_MS;
  let falseAnswer: (path: string) => FalseAnswer | undefined = () => undefined;
  let holding: (path: string) => Promise<void> | undefined = () => undefined;
  const seconds = () => Math.floor(nowMs / 1000);

  function answer(path: string): FalseAnswer {
    const id = /^\/v1\/customers\/([^/]+)$/.exec(path)?.[1];
    if (id === undefined) {
      const data = [...objects.values()].filter(({ deleted }) => deleted !== true).reverse();
      return { status: 200, body: JSON.stringify({ object: "list", url: path, has_more: false, data }) };
    }
    const object = objects.get(id);
    if (object !== undefined) return { status: 200, body: JSON.stringify(object) };
    const error = { type: "invalid_request_error", code: "resource_missing", param: "id", message: `No such customer` };
    return { status: 404, body: JSON.stringify({ error }) };
  }

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? "/", "http://truth");
    requests.push(pathname);
    const { status, body } = falseAnswer(pathname) ?? answer(pathname);
    const headers = { "content-type": "application/json", date: new Date(nowMs).toUTCString() };
    await holding(pathname);
    response.writeHead(status, headers).end(body);
  }

  const server = await startHttpServer((request, response) => void respond(request, response));
  return {
    url: server.url,
    requests,
    clear: () => objects.clear(),
    pass: (ms) => void (nowMs += ms),
    put(id, name) {
      const held = objects.get(id);
      const created = typeof held?.["created"] === "number" ? held["created"] : seconds();
      const object = customer(id, name, created);
      objects.set(id, object);
      return eventBody({
        type: held === undefined ? "customer.created" : "customer.updated",
        created: seconds(),
        object,
      });
    },
    remove(id) {
      const held = objects.get(id);
      if (held === undefined || held["deleted"] === true) return undefined;
      objects.set(id, { id, object: "customer", deleted: true });
      return eventBody({ type: "customer.deleted", created: seconds(), object: held });
    },
    names: () =>
      new Map([...objects].map(([id, { name }]) => [id, typeof name === "string" ? name : undefined] as const)),
    lie: (next) => void (falseAnswer = next),
    hold: (next) => void (holding = next),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
