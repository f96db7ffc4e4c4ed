import type { Layer } from "./call.ts";
import type { Clock } from "../runtime/clock.ts";
import type { Permits } from "./budget/permits.ts";

/**
 * Layer in which every attempt, including retries, waits for the permits that it needs, and counts as in flight until
 * its response is complete.
 */
export function permit(permits: Permits, clock: Clock): Layer {
  return (next) => async (call) => {
    const requestedAtMs = clock.monotonicMs();
    let release;
    try {
      release = await permits.acquire(call);
    } finally {
      call.trace.waitedMs = clock.monotonicMs() - requestedAtMs;
    }
    try {
      return await next(call);
    } finally {
      release();
    }
  };
}
