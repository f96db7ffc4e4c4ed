import { StripeError } from "../world/errors.ts";
import type { Limit } from "./limit.ts";
import type { Charge } from "./limits.ts";

/** 429 for a request that arrived at `nowMs`, milliseconds since 1970, and for which a limit has no permit. */
export function refusalOf({ limit, waitMs }: Charge, nowMs: number): StripeError {
  return tooManyRequests(retryAfterText(limit.retryAfter, waitMs, nowMs), reasonOf(limit));
}

/** 429 as Stripe sends it. Source: Stripe docs, "Rate limits", "Handling limiting gracefully". */
export function tooManyRequests(retryAfter: string | undefined, reason = "global-rate"): StripeError {
  const message =
    "Request rate limit exceeded. You can learn more about rate limits here https://stripe.com/docs/rate-limits.";
  return new StripeError(
    429,
    { code: "rate_limit", message, type: "rate_limit_error" },
    {
      "Stripe-Should-Retry": "true",
      "Stripe-Rate-Limited-Reason": reason,
      ...(retryAfter === undefined ? {} : { "Retry-After": retryAfter }),
    },
  );
}

function reasonOf({ path, rule }: Limit): string {
  return `${path === undefined ? "global" : "endpoint"}-${rule.kind === "concurrency" ? "concurrency" : "rate"}`;
}

/** Rounded up, so that a client that retries at that time is not rejected for being early. */
function retryAfterText(setting: string | undefined, waitMs: number, nowMs: number): string | undefined {
  if (setting === "seconds") return String(Math.ceil(waitMs / 1000));
  if (setting === "date") return new Date(Math.ceil((nowMs + waitMs) / 1000) * 1000).toUTCString();
  return setting;
}
