import type { Layer } from "./call.ts";
import type { Clock } from "./clock.ts";
import type { Permits } from "./permits.ts";

/** Every try waits for the permits that it needs, a repeated one as well, and counts as under way until its answer is whole. */
export function permit(permits: Permits, clock: Clock): Layer {
  return (next) => async (call) => {
    const askedMs = clock.monotonicMs();
    let release;
    try {
      release = await permits.acquire(call);
    } finally {
      call.trace.waitedMs = clock.monotonicMs() - askedMs;
    }
    try {
      return await next(call);
    } finally {
      release();
    }
  };
}
