import type { Layer } from "./call.ts";
import type { Clock } from "./clock.ts";
import type { Permits } from "./permits.ts";

/** Every try waits for a permit of the credential's budget, a repeated one as well, and holds it until its answer is whole. */
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
