import type { UpstreamClient } from "../../connector-api/client.ts";
import type { RawPayload } from "../../connector-api/messages.ts";
import { readJson } from "../../protocols/rest/read-json.ts";
import type { PlaidConfig } from "./config.ts";
import { errorOf, parseError } from "./errors.ts";

/** Pinned: without it the client's default version decides, which somebody may change in Plaid's dashboard. */
export const PLAID_VERSION = "2020-09-14";

/** What a call is made with. */
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
  /** Our clock, epoch milliseconds. */
  readonly sentAtMs: number;
  readonly durationMs: number;
}

export interface PlaidRequest {
  readonly path: string;
  /** Beside the keys. */
  readonly body: Readonly<Record<string, unknown>>;
  /** Error codes that are an answer to this request and not its failure. */
  readonly expected?: readonly string[];
}

/** Plaid says "no" with 400 whatever the reason, so that only the body tells a wrong cursor from a revoked access. */
const REFUSED = 400;

/**
 * One call about the Item, or the word of `expected` that it was refused with.
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
      isRead: true, // Plaid has no GET, and nothing that is asked here changes anything
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

/** As `plaidPost`, where no refusal is an answer. */
export async function plaidAnswer(call: PlaidCall, request: Omit<PlaidRequest, "expected">): Promise<PlaidAnswer> {
  const answer = await plaidPost(call, request);
  if ("refused" in answer) throw new TypeError("no refusal was expected");
  return answer;
}
