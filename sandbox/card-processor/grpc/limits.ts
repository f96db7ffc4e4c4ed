import { z } from "zod";
import { CallError } from "./status.ts";

/** Body of `POST /_sandbox/limits`. */
export const limitBody = z.strictObject({
  /** Calls per second, refilled steadily; 0: no limit. */
  perSecond: z.number().nonnegative(),
  /** Calls that may come at once. */
  burst: z.int().positive().default(1),
  /** Change streams that may be open at once. */
  streams: z.int().positive().optional(),
});
export type Limit = z.infer<typeof limitBody>;

/** The limit of calls, a token bucket. */
export interface Limiter {
  set(limit: Limit): void;
  get(): Limit;
  /** @throws CallError RESOURCE_EXHAUSTED with the time until the next call is accepted */
  take(): void;
  /** Highest number of accepted calls in any whole second of the clock. */
  peak(): number;
}

export function createLimiter(nowMs: () => number): Limiter {
  let limit: Limit = { perSecond: 0, burst: 1 };
  let [tokens, filledMs] = [1, nowMs()];
  let [second, count, peak] = [0, 0, 0];
  return {
    set(next) {
      limit = next;
      [tokens, filledMs, peak] = [next.burst, nowMs(), 0];
    },
    get: () => limit,
    take() {
      const { perSecond, burst } = limit;
      const now = nowMs();
      if (perSecond > 0) {
        tokens = Math.min(burst, tokens + ((now - filledMs) * perSecond) / 1000);
        filledMs = now;
        if (tokens < 1) throw exhausted(String(Math.ceil(((1 - tokens) * 1000) / perSecond)));
        tokens -= 1;
      }
      const current = Math.floor(now / 1000);
      [second, count] = current === second ? [second, count + 1] : [current, 1];
      peak = Math.max(peak, count);
    },
    peak: () => peak,
  };
}

/** @param pushback milliseconds before which the call must not be sent again; undefined: not stated */
export function exhausted(pushback: string | undefined): CallError {
  const trailers = pushback === undefined ? undefined : { "grpc-retry-pushback-ms": pushback };
  return new CallError("RESOURCE_EXHAUSTED", "too many calls", trailers);
}
