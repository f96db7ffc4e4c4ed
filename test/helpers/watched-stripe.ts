import { singleBucket } from "../../src/connector-api/budget.ts";
import type { UpstreamResponse } from "../../src/connector-api/client.ts";
import { connector } from "../../src/connectors/stripe/index.ts";
import type { Lane } from "../../src/upstream/lane.ts";
import type { Source } from "../../src/upstream/source.ts";
import { createUpstream } from "../../src/upstream/upstream.ts";
import { TENANT } from "./sync-engines.ts";
import type { StripeProcess } from "./stripe-process.ts";
import { targetOf } from "./target-of.ts";

/** A call of a watched source, from when it is asked for. */
export interface WatchedCall {
  /** Path and query. */
  readonly url: URL;
  readonly lane: Lane;
  /** `open` until it is answered, refused or given up. */
  outcome: "open" | "answered" | "failed";
}

/** The source `main` on a sandbox, through the real upstream layer, seen from outside of it. */
export interface WatchedStripe extends AsyncDisposable {
  readonly source: Source;
  /** In the order in which they were asked for. */
  readonly calls: readonly WatchedCall[];
  /** Awaited before each call is passed on; what it throws is the call's failure. */
  before: (call: WatchedCall) => Promise<void> | void;
}

/** Pauses between tries are drawn as zero and the budget is wide: tests judge what comes, not when. */
export function watchStripe(stripe: StripeProcess): WatchedStripe {
  const config = connector.config.parse({ baseUrl: stripe.url, apiKey: stripe.apiKey });
  const upstream = createUpstream({
    target: targetOf(connector, config),
    budget: singleBucket({ requestsPerSecond: 5_000, maxConcurrent: 50 }),
    breakerMinCalls: Infinity, // faults here are many of few calls
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
      client: (lane) => ({
        async send(request, signal): Promise<UpstreamResponse> {
          const call: WatchedCall = { url: new URL(request.path, stripe.url), lane, outcome: "open" };
          calls.push(call);
          try {
            await Promise.race([watched.before(call), abortOf(signal)]);
            const response = await upstream.client(lane).send(request, signal);
            call.outcome = "answered";
            return response;
          } catch (reason) {
            call.outcome = "failed";
            throw reason;
          }
        },
      }),
    },
    [Symbol.asyncDispose]: () => upstream.close(),
  };
  return watched;
}

function abortOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error)));
}
