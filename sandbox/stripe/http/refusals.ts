import type { Faults } from "../../shared/faults.ts";
import { StripeError } from "../world/errors.ts";
import { tooManyRequests } from "../limits/refusal.ts";
import { keyInUse } from "../request/idempotency.ts";
import { invalidKey } from "./keys.ts";

/** Returns the error with which a fault rejects a request before a permit is taken; undefined when no fault applies. */
export function refusalAtDoor(faults: Faults, path: string, key: string): StripeError | undefined {
  if (faults.strike("unauthorized", path)) return invalidKey(key);
  const limited = faults.strike("rate429", path) ?? faults.strike("burst429", path);
  if (limited) return tooManyRequests(limited.retryAfter);
  return faults.strike("lockTimeout", path) ? lockTimeout() : undefined;
}

/**
 * Returns the error with which a fault rejects an admitted request before it has an effect; undefined when no fault
 * applies.
 */
export function refusalInside(faults: Faults, path: string, idempotencyKey: string): StripeError | undefined {
  if (faults.strike("rate500", path)) return serverError();
  return faults.strike("status409", path) ? keyInUse(idempotencyKey) : undefined;
}

/** 500 caused by Stripe itself. */
export function serverError(): StripeError {
  const message = "An unknown error occurred. If this persists, contact support@stripe.com.";
  return new StripeError(500, { message, type: "api_error" });
}

/** 429 for an object that another request is working on. */
function lockTimeout(): StripeError {
  const message =
    "This object cannot be accessed right now because another API request or Stripe process is currently accessing it.";
  return new StripeError(
    429,
    { code: "lock_timeout", message, type: "invalid_request_error" },
    { "Stripe-Should-Retry": "true" },
  );
}
