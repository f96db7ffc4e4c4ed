import { type BudgetPolicy, CONCURRENCY } from "../../connector-api/budget.ts";
import { isLiveKey, type StripeConfig } from "./config.ts";

/** Calls per second of one account, and of one of its endpoints. Source: Stripe docs, "Rate limits". */
const RATES = { live: 100, sandbox: 25, endpoint: 25 } as const;

/**
 * Calls under way at a time. Stripe names no figure; a list page takes a quarter of a second, so that this many are needed
 * for the live rate.
 */
const MAX_CONCURRENT = 25;

/** What `Stripe-Rate-Limited-Reason` says was exceeded. `resource-specific` and words to come: everything that was drawn on. */
const REASONS: Readonly<Record<string, string>> = {
  "global-rate": "account",
  "endpoint-rate": "endpoint",
  "global-concurrency": CONCURRENCY,
  "endpoint-concurrency": CONCURRENCY,
};

/** One bucket for the account, and one for each endpoint: `endpoint/charges`. A key that does not say its mode counts as a sandbox's. */
export function stripeBudget({ apiKey }: StripeConfig): BudgetPolicy {
  return {
    buckets: {
      endpoint: { requestsPerSecond: RATES.endpoint },
      account: { requestsPerSecond: isLiveKey(apiKey) === true ? RATES.live : RATES.sandbox },
    },
    maxConcurrent: MAX_CONCURRENT,
    costs: ({ path }) => [{ bucket: "endpoint", part: endpointOf(path) }, { bucket: "account" }],
    refusedBy: (headers) => {
      const reason = headers["stripe-rate-limited-reason"] ?? "";
      return Object.hasOwn(REASONS, reason) ? REASONS[reason] : undefined;
    },
  };
}

/** `/v1/charges/ch_1?expand[]=x` is `charges`. The paths are this connector's own, so there are few. */
function endpointOf(path: string): string {
  return /^\/v1\/([a-z_]+)/.exec(path)?.[1] ?? "other";
}
