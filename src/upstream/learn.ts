import { ServiceError } from "../domain/error.ts";
import type { Layer } from "./call.ts";
import type { Permits } from "./permits.ts";

/**
 * A pause that the upstream asks for with 429 or 503 closes the budget for everybody who draws on it. With another
 * status it is about the one object or call (409: locked), and only the retry of that call keeps to it.
 */
export function learn(permits: Permits): Layer {
  return (next) => async (call) => {
    try {
      return await next(call);
    } catch (reason) {
      const { status } = call.trace;
      if (reason instanceof ServiceError && reason.retryAfterMs !== undefined && (status === 429 || status === 503)) {
        permits.closeFor(reason.retryAfterMs);
      }
      throw reason;
    }
  };
}
