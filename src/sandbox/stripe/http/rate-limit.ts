import { StripeError } from "../errors.ts";

/** The limit on `/v1/` requests of the account. */
export interface RateLimitSettings {
  /** Requests per second; 0 for no limit. */
  readonly perSecond: number;
  /** Requests that may come at once. */
  readonly burst: number;
  /** Value of `Retry-After` on refusals, as it is sent; undefined for none, which is what Stripe does. */
  readonly retryAfter?: string | undefined;
}

export interface RateLimit {
  configure(settings: RateLimitSettings): void;
  settings(): RateLimitSettings;
  /** Takes one permit. @throws StripeError 429 */
  take(): void;
}

/** A token bucket over `nowMs` (monotonic milliseconds), full at first. Without a limit until it is configured. */
export function createRateLimit(nowMs: () => number): RateLimit {
  let settings: RateLimitSettings = { perSecond: 0, burst: 0 };
  let tokens = 0;
  let refilledAt = nowMs();
  return {
    settings: () => settings,
    configure(next) {
      settings = next;
      tokens = next.burst;
      refilledAt = nowMs();
    },
    take() {
      if (settings.perSecond === 0) return;
      const now = nowMs();
      tokens = Math.min(settings.burst, tokens + ((now - refilledAt) / 1000) * settings.perSecond);
      refilledAt = now;
      if (tokens < 1) throw tooManyRequests(settings.retryAfter);
      tokens -= 1;
    },
  };
}

/** 429 of the account's rate limit. */
export function tooManyRequests(retryAfter: string | undefined): StripeError {
  const message =
    "Request rate limit exceeded. You can learn more about rate limits here https://stripe.com/docs/rate-limits.";
  return new StripeError(
    429,
    { code: "rate_limit", message, type: "rate_limit_error" },
    {
      "Stripe-Should-Retry": "true",
      "Stripe-Rate-Limited-Reason": "global-rate",
      ...(retryAfter === undefined ? {} : { "Retry-After": retryAfter }),
    },
  );
}

/** 429 of an object that another request is working on. */
export function lockTimeout(): StripeError {
  const message =
    "This object cannot be accessed right now because another API request or Stripe process is currently accessing it.";
  return new StripeError(
    429,
    { code: "lock_timeout", message, type: "invalid_request_error" },
    { "Stripe-Should-Retry": "true" },
  );
}
