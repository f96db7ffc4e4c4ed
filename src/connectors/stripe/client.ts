import type { UpstreamClient, UpstreamResponse } from "../../connector-api/client.ts";
import type { ContractMessage, RawPayload } from "../../connector-api/messages.ts";
import { ServiceError } from "../../domain/error.ts";
import { FINALITY, type Version } from "../../domain/version.ts";
import { observedVersion } from "../../protocols/rest/observed.ts";
import { readJson } from "../../protocols/rest/read-json.ts";
import { statedVersion } from "../../protocols/rest/stated-version.ts";
import type { StripeConfig } from "./config.ts";
import { errorWire } from "./wire/error.ts";

/**
 * API version, pinned: otherwise the account's default decides, and a click in Stripe's dashboard changes what we read.
 */
export const STRIPE_VERSION = "2026-10-28.endive";

/** Context of a call. */
export interface StripeCall {
  readonly config: StripeConfig;
  readonly client: UpstreamClient;
  readonly signal: AbortSignal;
  /** The connected account that the call concerns; undefined: the key's own. */
  readonly account?: string;
  /** See `UpstreamRequest.isBackfill`. */
  readonly isBackfill?: true;
}

/** Query parameters in order; name and value; a list parameter repeats its name: `["types[]", "refund.created"]`. */
export type Query = readonly (readonly [string, string])[];

/** The parts of a response that all its readers need. */
export interface StripeAnswer {
  readonly status: number;
  readonly json: unknown;
  readonly payload: RawPayload;
  readonly version: Version;
  /** The API version that the response states; none: []. */
  readonly contract: readonly ContractMessage[];
}

/**
 * Stripe knows the key and does not allow it to read this: a restricted key lacks the permission. Invalid keys get 401.
 */
const MISSING_RIGHT = 403;

/**
 * Sends one GET with `acceptStatus` as in `UpstreamRequest`. A missing permission of the key concerns this resource
 * only, so it is UPSTREAM_REJECTED: the rest of the account can be read.
 * @throws ServiceError UPSTREAM_* | CANCELED
 */
export async function stripeGet(
  call: StripeCall,
  path: string,
  query: Query = [],
  acceptStatus: readonly number[] = [],
): Promise<StripeAnswer> {
  const account = call.account ?? call.config.account;
  const search = new URLSearchParams(query.map(([name, value]): [string, string] => [name, value])).toString();
  const response = await call.client.send(
    {
      method: "GET",
      path: search === "" ? path : `${path}?${search}`,
      headers: {
        accept: "application/json",
        authorization: `Bearer ${call.config.apiKey}`,
        "stripe-version": STRIPE_VERSION,
        ...(account !== undefined && { "stripe-account": account }),
      },
      ...(call.isBackfill && { isBackfill: true }),
      acceptStatus: [...acceptStatus, MISSING_RIGHT],
      expect: "json",
    },
    call.signal,
  );
  const answer = answerOf(response);
  if (answer.status === MISSING_RIGHT && !acceptStatus.includes(MISSING_RIGHT)) throw refusal(call, path, answer);
  return answer;
}

/** Error: the connected account does not exist, or its owner revoked the platform's access. */
export class AccountInaccessible extends ServiceError {
  constructor(account: string) {
    super("UPSTREAM_REJECTED", `Stripe gives the key no access to the connected account ${account}`, {
      isReported: true,
    });
  }
}

function refusal(call: StripeCall, path: string, answer: StripeAnswer): ServiceError {
  return accountRefusal(call, answer) ?? missingRight(path);
}

/** Returns the error for an accepted 403 that is about the connected account of a call; undefined: about a permission. */
export function accountRefusal(call: StripeCall, answer: StripeAnswer): AccountInaccessible | undefined {
  const account = call.account ?? call.config.account;
  const isRefused = account !== undefined && codeOf(answer) === "account_invalid";
  return isRefused ? new AccountInaccessible(account) : undefined;
}

function codeOf({ json }: StripeAnswer): string | undefined {
  const parsed = errorWire.safeParse(json);
  return parsed.success ? (parsed.data.error.code ?? undefined) : undefined;
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
    contract: statedVersion({ headers: response.headers, name: "stripe-version", pinned: STRIPE_VERSION }),
  };
}

/**
 * Returns true if an accepted 4xx reports that an object does not exist: the one that the parameter names, or without
 * it the one in the path, for which each endpoint uses its own parameter name.
 */
export function isMissing(answer: StripeAnswer, param?: string): boolean {
  const parsed = errorWire.safeParse(answer.json);
  if (!parsed.success || parsed.data.error.code !== "resource_missing") return false;
  return param === undefined || parsed.data.error.param === param;
}

/** Returns true if an accepted 4xx rejects a parameter. */
export function isAbout(answer: StripeAnswer, param: string): boolean {
  const parsed = errorWire.safeParse(answer.json);
  return parsed.success && parsed.data.error.param === param;
}

/** Returns the error for an accepted 4xx with another meaning than the one that it was accepted for. */
export function rejection(answer: StripeAnswer, path: string): ServiceError {
  const parsed = errorWire.safeParse(answer.json);
  const code = parsed.success ? (parsed.data.error.code ?? parsed.data.error.type ?? "no code") : "no error envelope";
  return new ServiceError("UPSTREAM_REJECTED", "Stripe rejected the request", {
    detail: `GET ${path}: ${answer.status} ${code.slice(0, 100)}`,
  });
}
