import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { mixedToken } from "../../shared/random.ts";
import { readBody } from "../../shared/read-body.ts";
import { writeAnswer, type Answer } from "../../shared/write-answer.ts";
import type { LoopWatch } from "../arrivals/loop-watch.ts";
import { steadyMs } from "../arrivals/steady-clock.ts";
import { StripeError } from "../errors.ts";
import { findRoute } from "../routes/routes.ts";
import { API_VERSION } from "../world/wire.ts";
import { claim, errorAnswer, execute, type Exchange, type ExecuteOptions } from "./execute.ts";
import { enter, type GateOptions } from "./gate.ts";
import { unknownPath } from "./list.ts";
import { refusalInside } from "./refusals.ts";

export interface ApiOptions extends ExecuteOptions, GateOptions {
  readonly loop: LoopWatch;
  /** Aborted when the sandbox closes: waits of latency and slow answers end. */
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
      const answer = refusal ? errorAnswer(refusal, requestId) : await answerTo(options, exchange);
      if (answer === undefined) return;
      const merged = { ...answer, headers: { ...headers, ...guest.limitHeaders(steadyMs()), ...answer.headers } };
      status = await writeAnswer(response, merged, { ...options, path });
    } finally {
      guest.answered(status);
      // What is never answered stays in work until its client gives up.
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

function tooLarge(): StripeError {
  return new StripeError(413, { message: "Request body too large.", type: "invalid_request_error" });
}

/** Undefined when nothing is to be answered, ever. */
async function answerTo(options: ApiOptions, exchange: Exchange): Promise<Answer | undefined> {
  const { faults, signal } = options;
  const { method, path, requestId, key } = exchange;
  let claimed = false;
  try {
    const refusal = refusalInside(faults, path, key ?? "");
    if (refusal) throw refusal;
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
