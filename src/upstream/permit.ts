import type { Layer } from "./call.ts";
import type { Clock } from "../runtime/clock.ts";
import type { CallTarget } from "./budget/budget.ts";
import type { Need, Permits } from "./budget/permits.ts";

/**
 * Layer in which every attempt, including retries, waits for the permits that it needs, and counts as in flight until
 * its response is complete.
 * @param needsOf permits of a call. Default: those of the call's own budget
 */
export function permit(permits: Permits, clock: Clock, needsOf?: (target: CallTarget) => readonly Need[]): Layer {
  return (next) => async (call) => {
    const requestedAtMs = clock.monotonicMs();
    const waitedBeforeMs = needsOf === undefined ? 0 : call.trace.waitedMs;
    let release;
    try {
      release = await permits.acquire(needsOf === undefined ? call : { ...call, needs: needsOf(call.request.target) });
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
