import type { IncomingMessage, ServerResponse } from "node:http";
import { startHttpServer } from "./local-server.ts";
import { customer, eventBody } from "./stripe-deliveries.ts";

/** A response that replaces the true one. */
export interface FalseAnswer {
  readonly status: number;
  readonly body: string;
}

/**
 * The customers of one Stripe account, on a manual clock. A change returns the event that Stripe would send; dates are
 * truncated to whole seconds, as Stripe's are.
 */
export interface StripeTruth extends AsyncDisposable {
  /** Base URL of its API. */
  readonly url: string;
  /** Requests answered so far: `/v1/customers/cus_1`. */
  readonly requests: readonly string[];
  /** Removes all customers; the clock is not reset. */
  clear(): void;
  /** Moves the clock. */
  pass(ms: number): void;
  /** Creates a customer, or changes its name. */
  put(id: string, name: string): string;
  /** Deletes a customer; undefined when there is none. */
  remove(id: string): string | undefined;
  /** Name of each customer; undefined for each that was deleted. */
  names(): ReadonlyMap<string, string | undefined>;
  /** Called before each response. */
  answerFalsely(answer: (path: string) => FalseAnswer | undefined): void;
  /** Delays the response until the promise resolves, before the response is computed. */
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
      const existing = objects.get(id);
      const created = typeof existing?.["created"] === "number" ? existing["created"] : seconds();
      const object = customer(id, name, created);
      objects.set(id, object);
      return eventBody({
        type: existing === undefined ? "customer.created" : "customer.updated",
        created: seconds(),
        object,
      });
    },
    remove(id) {
      const existing = objects.get(id);
      if (existing === undefined || existing["deleted"] === true) return undefined;
      objects.set(id, { id, object: "customer", deleted: true });
      return eventBody({ type: "customer.deleted", created: seconds(), object: existing });
    },
    names: () =>
      new Map([...objects].map(([id, { name }]) => [id, typeof name === "string" ? name : undefined] as const)),
    answerFalsely: (next) => void (falseAnswer = next),
    hold: (next) => void (holding = next),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
