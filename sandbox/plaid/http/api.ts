import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import type { Faults } from "../../shared/faults.ts";
import { readBody } from "../../shared/read-body.ts";
import { writeAnswer } from "../../shared/write-answer.ts";
import { isWithinLoop } from "../world/sync.ts";
import { PlaidError } from "../world/errors.ts";
import { jsonText } from "./json.ts";
import type { Refusals } from "./refusals.ts";
import { type RouteOptions, ROUTES, WITHOUT_ITEM, WITHOUT_LOGIN } from "./routes.ts";

export interface Credentials {
  readonly clientId: string;
  readonly secret: string;
  readonly accessToken: string;
}

export interface ApiOptions extends RouteOptions {
  readonly credentials: Credentials;
  readonly faults: Faults;
  readonly refusals: Refusals;
  /** Called for each request with the status of its response, 0 for none. */
  readonly onRequest: (path: string, status: number) => void;
  readonly signal: AbortSignal;
}

/** Keys may be in the headers or in the body. */
const keysBody = z.object({
  client_id: z.string().optional(),
  secret: z.string().optional(),
  access_token: z.string().optional(),
  cursor: z.string().nullish(),
});

/** Handler of everything except `/_sandbox/`. */
export function createApi(options: ApiOptions) {
  let serial = 0;
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = (request.url ?? "/").split("?", 1)[0] ?? "/";
    const text = (await readBody(request)) ?? "";
    const requestId = `req${String(++serial).padStart(12, "0")}`;
    const { faults, signal } = options;
    const latency = faults.strike("latencyMs", path);
    if (latency) await pause(latency.value ?? 1000, undefined, { signal }).catch(() => undefined);
    if (faults.strike("neverRespond", path)) return options.onRequest(path, 0);
    const { status, json } = answerTo(options, { path, text, request });
    const headers = { "Content-Type": "application/json", "Plaid-Version": "2020-09-14" };
    const answer = { status, text: jsonText({ ...json, request_id: requestId }), headers };
    options.onRequest(path, await writeAnswer(response, answer, { faults, path, signal }));
  };
}

interface ApiCall {
  readonly path: string;
  readonly text: string;
  readonly request: IncomingMessage;
}

function answerTo(options: ApiOptions, call: ApiCall): { readonly status: number; readonly json: object } {
  try {
    return { status: 200, json: perform(options, call) };
  } catch (reason) {
    const error = reason instanceof z.ZodError ? new PlaidError("INVALID_FIELD", z.prettifyError(reason)) : reason;
    if (!(error instanceof PlaidError)) throw error;
    return { status: error.status, json: error.json() };
  }
}

function perform(options: ApiOptions, { path, text, request }: ApiCall): object {
  const { faults, refusals, world } = options;
  const route = ROUTES.get(path);
  if (request.method !== "POST" || route === undefined) throw new PlaidError("NOT_FOUND");
  const body = parseBody(text);
  const keys = keysBody.parse(body);
  admit(options, { path, keys, request });
  const refusal = refusals.strike(path, isWithinLoop(keys.cursor ?? ""));
  if (refusal !== undefined) throw refusal;
  if (faults.strike("rate429", path) ?? faults.strike("burst429", path)) {
    throw new PlaidError("TRANSACTIONS_SYNC_LIMIT");
  }
  if (faults.strike("rate500", path)) throw new PlaidError("INTERNAL_SERVER_ERROR");
  const { error } = world.state();
  if (error !== undefined && !WITHOUT_LOGIN.has(path)) throw new PlaidError(error);
  return route(options, body);
}

function parseBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new PlaidError("INVALID_BODY");
  }
}

interface Visitor extends Pick<ApiCall, "path" | "request"> {
  readonly keys: z.infer<typeof keysBody>;
}

function admit({ credentials, faults }: ApiOptions, { path, keys, request }: Visitor): void {
  const clientId = keys.client_id ?? request.headers["plaid-client-id"];
  const secret = keys.secret ?? request.headers["plaid-secret"];
  const isKnown = clientId === credentials.clientId && secret === credentials.secret;
  if (!isKnown || faults.strike("unauthorized", path)) throw new PlaidError("INVALID_API_KEYS");
  if (!WITHOUT_ITEM.has(path) && keys.access_token !== credentials.accessToken) {
    throw new PlaidError("INVALID_ACCESS_TOKEN");
  }
}
