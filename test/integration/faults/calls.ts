import { z } from "zod";
import { type BudgetPolicy, singleBucket } from "../../../src/connector-api/budget.ts";
import type { UpstreamRequest, UpstreamResponse } from "../../../src/connector-api/client.ts";
import { ServiceError } from "../../../src/domain/error.ts";
import { callControlText } from "../../../sandbox/shared/call-control.ts";
import type { TestSandbox } from "../../../sandbox/stripe/testing.ts";
import type { Lane } from "../../../src/upstream/budget/lane.ts";
import { createUpstream, type Upstream, type UpstreamOptions } from "../../../src/upstream/upstream.ts";

/** The upstream layer of a connector. Closed by `await using`. */
export interface Gateway extends Upstream, AsyncDisposable {
  send(request: UpstreamRequest, lane?: Lane, signal?: AbortSignal): Promise<UpstreamResponse>;
}

const FOREVER = new AbortController().signal;
/** Wide enough to have no effect, for tests of other behaviour. */
const WIDE: BudgetPolicy = singleBucket({ requestsPerSecond: 10_000, maxConcurrent: 40 });

/** Pauses between attempts are without jitter: as short as the upstream allows. */
export function openGateway(baseUrl: string, options: Partial<UpstreamOptions> = {}): Gateway {
  const target = { baseUrl, credential: "sk_secret" };
  const upstream = createUpstream({ target, budget: WIDE, random: () => 0, graceMs: 100, ...options });
  return {
    ...upstream,
    send: (request, lane = "incremental", signal = FOREVER) => upstream.client(lane).send(request, signal),
    [Symbol.asyncDispose]: () => upstream.close(),
  };
}

/** A request as the Stripe connector makes it. */
export function get(sandbox: TestSandbox, path: string): UpstreamRequest {
  return { method: "GET", path, headers: { authorization: `Bearer ${sandbox.config.apiKey}` }, expect: "json" };
}

export interface PostOptions {
  readonly key?: string;
  readonly keyExpiresAtMs?: number;
}

/** A write, with the key in the header that Stripe requires. */
export function post(
  sandbox: TestSandbox,
  path: string,
  body: string,
  { key, keyExpiresAtMs }: PostOptions = {},
): UpstreamRequest {
  return {
    method: "POST",
    path,
    headers: {
      authorization: `Bearer ${sandbox.config.apiKey}`,
      "content-type": "application/x-www-form-urlencoded",
      ...(key !== undefined && { "idempotency-key": key }),
    },
    body,
    expect: "json",
    ...(key !== undefined && { idempotencyKey: key }),
    ...(keyExpiresAtMs !== undefined && { idempotencyKeyExpiresAtMs: keyExpiresAtMs }),
  };
}

/** Result of a call: its status, or the error. */
export function outcomeOf(answer: Promise<UpstreamResponse>): Promise<number | ServiceError["code"]> {
  return answer.then(
    ({ status }) => status,
    (reason: unknown) => ServiceError.from(reason).code,
  );
}

/** The error of a call. */
export async function failureOf(answer: Promise<UpstreamResponse>): Promise<ServiceError> {
  const reason: unknown = await answer.then(
    () => new Error("it was answered"),
    (error: unknown) => error,
  );
  if (reason instanceof ServiceError) return reason;
  throw reason;
}

const arrival = z.object({
  atMs: z.number(),
  method: z.string(),
  path: z.string(),
  idempotencyKey: z.string().nullable(),
  status: z.number(),
});

/** The requests that the sandbox received with its account's key, in order. */
export async function arrivalsOf(
  sandbox: TestSandbox,
  key = sandbox.config.apiKey,
): Promise<z.infer<typeof arrival>[]> {
  const text = await callControlText(sandbox.url, { method: "GET", path: `arrivals?key=${key}` });
  const lines = text.split("\n").filter((line) => line !== "");
  return lines.map((line) => arrival.parse(JSON.parse(line)));
}
