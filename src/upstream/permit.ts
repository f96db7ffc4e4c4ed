import type { UpstreamRequest } from "../connector-api/client.ts";
import type { Layer } from "./call.ts";
import type { Clock } from "../runtime/clock.ts";
import type { Need, Permits } from "./budget/permits.ts";

/**
 * Layer in which every attempt, including retries, waits for the permits that it needs, and counts as in flight until
 * its response is complete.
 * @param needsOf permits of a request. Default: those of the call's own budget
 */
export function permit(permits: Permits, clock: Clock, needsOf?: (request: UpstreamRequest) => readonly Need[]): Layer {
  return (next) => async (call) => {
    const requestedAtMs = clock.monotonicMs();
    const waitedBeforeMs = needsOf === undefined ? 0 : call.trace.waitedMs;
    let release;
    try {
      release = await permits.acquire(needsOf === undefined ? call : { ...call, needs: needsOf(call.request) });
    } finally {
      call.trace.waitedMs = waitedBeforeMs + clock.monotonicMs() - requestedAtMs;
    }
    try {
      return await next(call);
    } finally {
      release();
    }
  };
}
