import { type BudgetPolicy, CONCURRENCY, NO_LIMIT, type RefusedAnswer } from "../../connector-api/budget.ts";
import { parseExactJson } from "../../protocols/rest/exact-json.ts";
import { isLiveKey, type StripeConfig } from "./config.ts";
import { errorWire } from "./wire/error.ts";

/** Calls per second of one account, and of one of its endpoints. Source: Stripe docs, "Rate limits". */
const RATES = { live: 100, sandbox: 25, endpoint: 25 } as const;

/**
 * Maximum concurrent calls. Stripe states no limit; a list page takes a quarter of a second, so that this many are
 * needed for the live rate.
 */
const MAX_CONCURRENT = 25;

/** Bucket for each value of `Stripe-Rate-Limited-Reason`. Unknown future values: all buckets that the call drew on. */
const REASONS: Readonly<Record<string, string>> = {
  "resource-specific": "endpoint", // a limit of one resource, never of the account
  "global-rate": "account",
  "endpoint-rate": "endpoint",
  "global-concurrency": CONCURRENCY,
  "endpoint-concurrency": CONCURRENCY,
};

/**
 * Codes of errors about one object or key that another request is using, regardless of their status. Source: Stripe
 * docs, "Error codes" and "Rate limits", object lock timeouts.
 */
const IN_USE: readonly string[] = ["lock_timeout", "idempotency_key_in_use"];

/**
 * Returns one bucket for the account, and one for each endpoint: `endpoint/charges`. A key without a recognizable mode
 * counts as a sandbox key.
 */
export function stripeBudget({ apiKey }: StripeConfig): BudgetPolicy {
  return {
    buckets: {
      endpoint: { requestsPerSecond: RATES.endpoint },
      account: { requestsPerSecond: isLiveKey(apiKey) === true ? RATES.live : RATES.sandbox },
    },
    maxConcurrent: MAX_CONCURRENT,
    costs: ({ path }) => [{ bucket: "endpoint", part: endpointOf(path) }, { bucket: "account" }],
    refusedBy: (answer) => {
      if (IN_USE.includes(codeOf(answer) ?? "")) return NO_LIMIT;
      const reason = answer.headers["stripe-rate-limited-reason"] ?? "";
      return Object.hasOwn(REASONS, reason) ? REASONS[reason] : undefined;
    },
  };
}

/** Returns the error's code; undefined if it has none, or if the body is not a Stripe error. */
function codeOf({ body }: RefusedAnswer): string | undefined {
  try {
    return errorWire.safeParse(parseExactJson(body)).data?.error.code ?? undefined;
  } catch {
    return undefined;
  }
}

/**
 * Returns the endpoint of a path: `/v1/charges/ch_1?expand[]=x` is `charges`. The paths are this connector's own, so
 * there are few.
 */
function endpointOf(path: string): string {
  return /^\/v1\/([a-z_]+)/.exec(path)?.[1] ?? "other";
}
