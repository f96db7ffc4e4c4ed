import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import type { Faults } from "../control/faults.ts";
import { errorText, invalidRequest, StripeError } from "../errors.ts";
import type { Account } from "../operations/account.ts";
import { findRoute } from "../routes/routes.ts";
import type { Route } from "../routes/route.ts";
import { mixedToken } from "../world/random.ts";
import { API_VERSION } from "../world/wire.ts";
import { writeAnswer, type Answer } from "./answer.ts";
import { readBody } from "./body.ts";
import type { RequestCounters } from "./counters.ts";
import { parseForm } from "./form.ts";
import { fingerprintOf, type IdempotencyKeys, type SavedAnswer } from "./idempotency.ts";
import type { Keys } from "./keys.ts";
import { unknownPath } from "./list.ts";
import { lockTimeout, tooManyRequests, type RateLimit } from "./rate-limit.ts";

export interface ApiOptions {
  readonly account: Account;
  readonly keys: Keys;
  readonly rateLimit: RateLimit;
  readonly idempotencyKeys: IdempotencyKeys;
  readonly faults: Faults;
  readonly counters: RequestCounters;
  /** Aborted when the sandbox closes: waits of latency and slow answers end. */
  readonly signal: AbortSignal;
  /** Told of every answer saved under an idempotency key, before the change is committed. */
  readonly onSaved: (key: string, answer: SavedAnswer) => void;
}

/** One request on its way through the gates. */
interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly requestId: string;
  readonly body: string;
  readonly key: string | undefined;
  readonly authorization: string | undefined;
}

/** Handler of everything below `/v1/`. */
export function createApi(options: ApiOptions) {
  let serial = 0;
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const atMs = performance.now();
    const { method = "GET", url = "/" } = request;
    const [path = "/", query = ""] = url.split("?", 2);
    const requestId = `req_${mixedToken(Math.floor(atMs), serial++).slice(10)}`;
    const body = await readBody(request);
    const headers = commonHeaders(request, requestId);
    const exchange: Exchange = {
      method,
      path,
      query,
      requestId,
      body: body ?? "",
      key: method === "POST" ? headers["Idempotency-Key"] : undefined,
      authorization: request.headers.authorization,
    };
    const answer = body === undefined ? tooLarge(requestId) : await answerTo(options, exchange);
    const merged = answer && { ...answer, headers: { ...headers, ...answer.headers } };
    const status = merged === undefined ? 0 : await writeAnswer(response, merged, { ...options, path });
    options.counters.count({ method, path, status, atMs });
  };
}

function commonHeaders(request: IncomingMessage, requestId: string): Record<string, string> {
  const version = request.headers["stripe-version"];
  const key = request.headers["idempotency-key"];
  return {
    "Content-Type": "application/json",
    "Cache-Control": "no-cache, no-store",
    "Request-Id": requestId,
    "Stripe-Version": typeof version === "string" ? version : API_VERSION,
    ...(typeof key === "string" && key !== "" ? { "Idempotency-Key": key } : {}),
  };
}

function tooLarge(requestId: string): Answer {
  return errorAnswer(
    new StripeError(413, { message: "Request body too large.", type: "invalid_request_error" }),
    requestId,
  );
}

function errorAnswer(error: StripeError, requestId: string): Answer {
  return { status: error.status, text: errorText(error, requestId), headers: error.headers };
}

/** Undefined when nothing is to be answered, ever. */
async function answerTo(options: ApiOptions, exchange: Exchange): Promise<Answer | undefined> {
  let claimed = false;
  try {
    options.keys.check(exchange.authorization);
    refuseByFault(options.faults, exchange.path);
    options.rateLimit.take();
    const found = findRoute(exchange.method, exchange.path);
    if (found === undefined) throw unknownPath(exchange.method, exchange.path);
    const replay = claim(options, exchange);
    if (replay !== undefined) return replay;
    claimed = exchange.key !== undefined;
    const latency = options.faults.strike("latencyMs", exchange.path);
    if (latency) await pause(latency.value ?? 1000, undefined, { signal: options.signal }).catch(() => undefined);
    if (options.faults.strike("neverRespond", exchange.path)) return undefined;
    return execute(options, exchange, found);
  } catch (reason) {
    if (claimed && exchange.key !== undefined) options.idempotencyKeys.release(exchange.key);
    if (reason instanceof StripeError) return errorAnswer(reason, exchange.requestId);
    throw reason;
  }
}

/** @throws StripeError when a fault refuses the request before it has an effect */
function refuseByFault(faults: Faults, path: string): void {
  const limited = faults.strike("rate429", path) ?? faults.strike("burst429", path);
  if (limited) throw tooManyRequests(limited.retryAfter);
  if (faults.strike("lockTimeout", path)) throw lockTimeout();
  if (faults.strike("rate500", path)) throw serverError();
}

function serverError(): StripeError {
  const message = "An unknown error occurred. If this persists, contact support@stripe.com.";
  return new StripeError(500, { message, type: "api_error" });
}

function claim({ idempotencyKeys }: ApiOptions, exchange: Exchange): Answer | undefined {
  if (exchange.key === undefined) return undefined;
  const saved = idempotencyKeys.claim(exchange.key, fingerprintOf(exchange.method, exchange.path, exchange.body));
  if (saved === undefined) return undefined;
  const headers = { "Idempotent-Replayed": "true", "Original-Request": saved.requestId };
  return { status: saved.status, text: saved.text, headers };
}

/**
 * Runs the route. What it changed is committed together with the answer saved under its key, also when it ends in
 * an error that Stripe remembers (a declined card); only refusals of the request itself leave the key free.
 */
function execute(options: ApiOptions, exchange: Exchange, found: { route: Route; id: string }): Answer {
  const { account, faults, idempotencyKeys } = options;
  const { world, ledger } = account;
  ledger.settleDue();
  world.commit();
  const isWrite = exchange.method !== "GET";
  world.setRequest({ id: isWrite ? exchange.requestId : null, idempotencyKey: exchange.key ?? null });
  const answer = run(options, exchange, found);
  const failsAfterwards = isWrite && faults.strike("error500AfterEffect", exchange.path) !== undefined;
  const final = failsAfterwards ? errorAnswer(serverError(), exchange.requestId) : answer;
  if (exchange.key !== undefined) {
    const keeps = answer.status < 400 || answer.status === 402;
    if (keeps) save(options, exchange, answer);
    else idempotencyKeys.release(exchange.key);
  }
  world.commit();
  world.setRequest({ id: null, idempotencyKey: null });
  return final;
}

function run({ account, faults }: ApiOptions, exchange: Exchange, { route, id }: { route: Route; id: string }): Answer {
  try {
    const params = parseForm(exchange.method === "POST" ? exchange.body : exchange.query);
    if (Object.keys(params).length > 500) throw invalidRequest("Too many parameters.");
    const listFaults = {
      loop: faults.strike("loopPages", exchange.path) !== undefined,
      overlap: faults.strike("overlapPages", exchange.path) !== undefined,
      expireCursor: "starting_after" in params && faults.strike("expireCursors", exchange.path) !== undefined,
    };
    return { status: 200, text: route.handle(account, { id, params, listFaults }), headers: {} };
  } catch (reason) {
    if (reason instanceof StripeError) return errorAnswer(reason, exchange.requestId);
    throw reason;
  }
}

/** The true outcome is saved, also when the client is told of an error: a retry with the key then learns it. */
function save(options: ApiOptions, exchange: Exchange, { status, text }: Answer): void {
  if (exchange.key === undefined) return;
  const fingerprint = fingerprintOf(exchange.method, exchange.path, exchange.body);
  const answer = { fingerprint, status, text, requestId: exchange.requestId, at: options.account.world.now() };
  options.idempotencyKeys.save(exchange.key, answer);
  options.onSaved(exchange.key, answer);
}
