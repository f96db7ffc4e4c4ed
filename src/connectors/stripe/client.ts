import type { UpstreamClient, UpstreamResponse } from "../../connector-api/client.ts";
import type { RawPayload } from "../../connector-api/messages.ts";
import { ServiceError } from "../../domain/error.ts";
import { FINALITY, type Version } from "../../domain/version.ts";
import { observedVersion } from "../../protocols/rest/observed.ts";
import { readJson } from "../../protocols/rest/read-json.ts";
import type { StripeConfig } from "./config.ts";
import { errorWire } from "./wire/error.ts";

/** Pinned: without it the account's default decides, and a click in Stripe's dashboard changes what we read. */
export const STRIPE_VERSION = "2026-10-28.endive";

/** What a call is made with. */
export interface StripeCall {
  readonly config: StripeConfig;
  readonly client: UpstreamClient;
  readonly signal: AbortSignal;
}

/** Query parameters in order; name and value; a list parameter repeats its name: `["types[]", "refund.created"]`. */
export type Query = readonly (readonly [string, string])[];

/** An answer as far as everything that reads it needs it. */
export interface StripeAnswer {
  readonly status: number;
  readonly json: unknown;
  readonly payload: RawPayload;
  readonly version: Version;
}

/** Stripe knows the key and does not let it read this: a restricted key lacks the right. Bad keys are answered 401. */
const MISSING_RIGHT = 403;

/**
 * One GET with `acceptStatus` as in `UpstreamRequest`. A right that the key lacks is about this resource only, so it is
 * UPSTREAM_REJECTED: the rest of the account can be read.
 * @throws ServiceError UPSTREAM_* | CANCELED
 */
export async function stripeGet(
  call: StripeCall,
  path: string,
  query: Query = [],
  acceptStatus: readonly number[] = [],
): Promise<StripeAnswer> {
  const search = new URLSearchParams(query.map(([name, value]): [string, string] => [name, value])).toString();
  const response = await call.client.send(
    {
      method: "GET",
      path: search === "" ? path : `${path}?${search}`,
      headers: {
        accept: "application/json",
        authorization: `Bearer ${call.config.apiKey}`,
        "stripe-version": STRIPE_VERSION,
      },
      acceptStatus: [...acceptStatus, MISSING_RIGHT],
      expect: "json",
    },
    call.signal,
  );
  if (response.status === MISSING_RIGHT && !acceptStatus.includes(MISSING_RIGHT)) throw missingRight(path);
  return answerOf(response);
}

function missingRight(path: string): ServiceError {
  const resource = path.split("/")[2] ?? ""; // `/v1/payouts/po_1`
  return new ServiceError("UPSTREAM_REJECTED", `the Stripe key lacks the right to read ${resource}`);
}

function answerOf(response: UpstreamResponse): StripeAnswer {
  return {
    status: response.status,
    json: readJson(response),
    payload: { bytes: response.body, mediaType: "application/json" },
    version: { ...observedVersion(response), finality: FINALITY.ordinary },
  };
}

/**
 * Whether an accepted 4xx says that an object does not exist: the one that the parameter names, or without it the one
 * in the path, for which each endpoint has its own word.
 */
export function isMissing(answer: StripeAnswer, param?: string): boolean {
  const parsed = errorWire.safeParse(answer.json);
  if (!parsed.success || parsed.data.error.code !== "resource_missing") return false;
  return param === undefined || parsed.data.error.param === param;
}

/** An accepted 4xx that says something else than we accepted it for. */
export function rejection(answer: StripeAnswer, path: string): ServiceError {
  const parsed = errorWire.safeParse(answer.json);
  const code = parsed.success ? (parsed.data.error.code ?? parsed.data.error.type ?? "no code") : "no error envelope";
  return new ServiceError("UPSTREAM_REJECTED", "Stripe rejected the request", {
    detail: `GET ${path}: ${answer.status} ${code.slice(0, 100)}`,
  });
}
