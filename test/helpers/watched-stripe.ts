import { singleBucket } from "../../src/connector-api/budget.ts";
import type { UpstreamResponse } from "../../src/connector-api/client.ts";
import { connector } from "../../src/connectors/stripe/index.ts";
import type { Lane } from "../../src/upstream/budget/lane.ts";
import type { Source } from "../../src/sources/source.ts";
import { createUpstream } from "../../src/upstream/upstream.ts";
import { TENANT } from "./sync-engines.ts";
import type { StripeProcess } from "./stripe-process.ts";
import { targetOf } from "./target-of.ts";
import { httpClient } from "./upstream-client.ts";

/** A call of a watched source, from the time of its request. */
export interface WatchedCall {
  /** Path and query. */
  readonly url: URL;
  readonly lane: Lane;
  /** The connected account that it is made for. */
  readonly account: string | undefined;
  /** True if the request is marked as reading historical data. */
  readonly isBackfill: boolean;
  /** `open` until it is answered, rejected or aborted. */
  outcome: "open" | "answered" | "failed";
}

/** The source `main` on a sandbox, through the real upstream layer, observed from outside of that layer. */
export interface WatchedStripe extends AsyncDisposable {
  readonly source: Source;
  /** Calls in the order of their requests. */
  readonly calls: readonly WatchedCall[];
  /** Awaited before each call is forwarded; an error that it throws becomes the call's failure. */
  before: (call: WatchedCall) => Promise<void> | void;
}

export interface WatchStripeOptions {
  /** Objects on a page, instead of the number that the connector asks for: a small account then has many pages. */
  readonly pageSize: number;
  /** Further settings of the source. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** Pauses between attempts are drawn as zero and the budget is wide: tests check the results, not their timing. */
export function watchStripe(
  stripe: Pick<StripeProcess, "url" | "apiKey">,
  { pageSize, settings = {} }: WatchStripeOptions,
): WatchedStripe {
  const config = connector.config.parse({ ...settings, baseUrl: stripe.url, apiKey: stripe.apiKey });
  const upstream = createUpstream({
    target: targetOf(connector, config),
    budget: singleBucket({ requestsPerSecond: 5_000, maxConcurrent: 50 }),
    breakerMinCalls: Infinity, // a large share of the few calls fails here
    random: () => 0,
    graceMs: 0,
  });
  const calls: WatchedCall[] = [];
  const watched: WatchedStripe = {
    calls,
    before: () => undefined,
    source: {
      tenantId: TENANT,
      id: "main",
      connector,
      config,
      scheduleMs: undefined,
      credential: upstream.credential,
      client: (lane) =>
        httpClient(async (request, signal): Promise<UpstreamResponse> => {
          const call: WatchedCall = {
            url: new URL(request.path, stripe.url),
            lane,
            account: request.headers["stripe-account"],
            isBackfill: request.isBackfill === true,
            outcome: "open",
          };
          calls.push(call);
          try {
            await Promise.race([watched.before(call), abortOf(signal)]);
            const path = withPageSize(request.path, pageSize);
            const response = await upstream.client(lane).send({ ...request, path }, signal);
            call.outcome = "answered";
            return response;
          } catch (reason) {
            call.outcome = "failed";
            throw reason;
          }
        }),
    },
    [Symbol.asyncDispose]: () => upstream.close(),
  };
  return watched;
}

function withPageSize(path: string, pageSize: number): string {
  return path.replace(/(?<=[?&])limit=100(?=&|$)/, `limit=${pageSize}`);
}

function abortOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error)));
}
