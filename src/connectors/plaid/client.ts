import type { UpstreamClient } from "../../connector-api/client.ts";
import type { ContractMessage, RawPayload } from "../../connector-api/messages.ts";
import { readJson } from "../../protocols/rest/read-json.ts";
import { statedVersion } from "../../protocols/rest/stated-version.ts";
import type { PlaidConfig } from "./config.ts";
import { errorOf, parseError } from "./errors.ts";

/** API version, pinned: otherwise the client's default version decides, which can be changed in Plaid's dashboard. */
export const PLAID_VERSION = "2020-09-14";

/** Context of a call. */
export interface PlaidCall {
  readonly config: PlaidConfig;
  readonly client: UpstreamClient;
  readonly signal: AbortSignal;
}

export interface PlaidAnswer {
  readonly json: unknown;
  readonly payload: RawPayload;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** Time on our clock when the request was sent, epoch milliseconds. */
  readonly sentAtMs: number;
  readonly durationMs: number;
}

export interface PlaidRequest {
  readonly path: string;
  /** Body in addition to the keys. */
  readonly body: Readonly<Record<string, unknown>>;
  /** Error codes that count as a response to this request and not as its failure. */
  readonly expected?: readonly string[];
}

/**
 * Plaid refuses with 400 for every reason, so that only the body distinguishes an invalid cursor from a revoked access.
 */
const REFUSED = 400;

/**
 * Sends one call about the Item; returns the response, or the code of `expected` with which it was refused.
 * @throws ServiceError UPSTREAM_* | CANCELED
 */
export async function plaidPost(call: PlaidCall, request: PlaidRequest): Promise<PlaidAnswer | { refused: string }> {
  const { config, client, signal } = call;
  const { path, body, expected = [] } = request;
  const response = await client.send(
    {
      method: "POST",
      path,
      headers: {
        accept: "application/json",
        "content-type": "application/json",
        "plaid-version": PLAID_VERSION,
        "plaid-client-id": config.clientId,
        "plaid-secret": config.secret,
      },
      body: JSON.stringify(body),
      isRead: true, // Plaid has no GET, and none of these requests changes anything
      acceptStatus: [REFUSED],
      expect: "json",
    },
    signal,
  );
  const json = readJson(response);
  if (response.status === REFUSED) {
    const error = parseError(json);
    if (error === undefined || !expected.includes(error.error_code)) throw errorOf(error, `POST ${path}`);
    return { refused: error.error_code };
  }
  const { headers, sentAtMs, durationMs } = response;
  return { json, payload: { bytes: response.body, mediaType: "application/json" }, headers, sentAtMs, durationMs };
}

/** Returns the API version that a response states. */
export function contractOf({ headers }: PlaidAnswer): readonly ContractMessage[] {
  return statedVersion({ headers, name: "plaid-version", pinned: PLAID_VERSION });
}

/** Calls like `plaidPost`, but every refusal is a failure. */
export async function plaidAnswer(call: PlaidCall, request: Omit<PlaidRequest, "expected">): Promise<PlaidAnswer> {
  const answer = await plaidPost(call, request);
  if ("refused" in answer) throw new TypeError("a refusal was returned although none was expected");
  return answer;
}
