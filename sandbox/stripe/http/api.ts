import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { mixedToken } from "../../shared/random.ts";
import { readBody } from "../../shared/read-body.ts";
import { writeAnswer, type Answer } from "../../shared/write-answer.ts";
import type { LoopWatch } from "../arrivals/loop-watch.ts";
import { steadyMs } from "../arrivals/steady-clock.ts";
import type { ConnectedAccounts } from "../connected/connected-accounts.ts";
import { StripeError } from "../world/errors.ts";
import { ACCOUNT_ID } from "../objects/account.ts";
import { findRoute } from "../routes/routes.ts";
import { API_VERSION } from "../world/wire.ts";
import { claim, errorAnswer, execute, type Exchange, type ExecuteOptions } from "./execute.ts";
import { enter, type AdmissionOptions } from "./admit.ts";
import { unknownPath } from "../request/list.ts";
import { refusalInside } from "./refusals.ts";

export interface ApiOptions extends ExecuteOptions, AdmissionOptions {
  readonly connected: ConnectedAccounts;
  readonly loop: LoopWatch;
  /** Aborted when the sandbox closes: simulated latency and slow responses end. */
  readonly signal: AbortSignal;
}

/** Handler of everything below `/v1/`. */
export function createApi(options: ApiOptions) {
  let serial = 0;
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const atMs = steadyMs();
    const { method = "GET", url = "/" } = request;
    const [path = "/", query = ""] = url.split("?", 2);
    const requestId = `req_${mixedToken(Math.floor(atMs), serial++).slice(10)}`;
    const headers = commonHeaders(request, requestId);
    const { authorization } = request.headers;
    const idempotencyKey = headers["Idempotency-Key"];
    const sinceMs = options.loop.sinceMs(atMs);
    const guest = enter(options, { atMs, sinceMs, method, path, authorization, idempotencyKey });
    let status = 0;
    try {
      const body = await readBody(request);
      const key = method === "POST" ? idempotencyKey : undefined;
      const exchange = { method, path, query, requestId, body: body ?? "", key };
      const refusal = guest.refusal ?? (body === undefined ? tooLarge() : undefined);
      const answer = refusal
        ? errorAnswer(refusal, requestId)
        : await answerTo(options, exchange, request.headers["stripe-account"]);
      if (answer === undefined) return;
      const merged = { ...answer, headers: { ...headers, ...guest.limitHeaders(steadyMs()), ...answer.headers } };
      status = await writeAnswer(response, merged, { ...options, path });
    } finally {
      guest.answered(status);
      // A request that is never answered remains in progress until its client gives up.
      if (response.writableEnded || response.destroyed) guest.left();
      else response.once("close", guest.left);
    }
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

/**
 * Returns the world that a request refers to: the platform's own, or that of the connected account named in its header.
 */
function placeOf(options: ApiOptions, header: string | string[] | undefined): ApiOptions {
  if (header === undefined || header === "" || header === ACCOUNT_ID) return options;
  const { account, idempotencyKeys, text } = options.connected.require(String(header));
  return { ...options, account: { ...account, text }, idempotencyKeys, onSaved: () => undefined };
}

function tooLarge(): StripeError {
  return new StripeError(413, { message: "Request body too large.", type: "invalid_request_error" });
}

/** Undefined when the request is never to be answered. */
async function answerTo(
  platform: ApiOptions,
  exchange: Exchange,
  accountId: string | string[] | undefined,
): Promise<Answer | undefined> {
  const { faults, signal } = platform;
  let options = platform;
  const { method, path, requestId, key } = exchange;
  let claimed = false;
  try {
    const refusal = refusalInside(faults, path, key ?? "");
    if (refusal) throw refusal;
    options = placeOf(platform, accountId);
    const redirect = faults.strike("redirect", path);
    if (redirect) return { status: 302, text: "", headers: { Location: redirect.url ?? "/" } };
    const found = findRoute(method, path);
    if (found === undefined) throw unknownPath(method, path);
    const replay = claim(options, exchange);
    if (replay !== undefined) return replay;
    claimed = key !== undefined;
    const latency = faults.strike("latencyMs", path);
    if (latency) await pause(latency.value ?? 1000, undefined, { signal }).catch(() => undefined);
    if (faults.strike("neverRespond", path)) return undefined;
    return execute(options, exchange, found);
  } catch (reason) {
    if (claimed && key !== undefined) options.idempotencyKeys.release(key);
    if (reason instanceof StripeError) return errorAnswer(reason, requestId);
    throw reason;
  }
}
