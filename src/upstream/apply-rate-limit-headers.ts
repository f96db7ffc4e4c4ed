import { limitSignals, type LimitSignal } from "../protocols/rest/limit-headers.ts";
import type { BucketView } from "./budget/bucket-view.ts";
import type { Budget } from "./budget/budget.ts";
import { LOWEST_RATE } from "./budget/bucket-rules.ts";
import type { Call } from "./call.ts";
import type { Clock } from "../runtime/clock.ts";
import { HeaderTrust } from "./header-trust.ts";

/** Resets are whole seconds, rounded up: a nearer one may be over already. */
const ROUNDING_MS = 1_000;
const SHORTEST_RESET_MS = 2_000;
/**
 * Maximum time for which headers of an accepted response slow down or close the bucket: then a call tests if they were
 * right.
 */
const LONGEST_HINT_MS = 5_000;
/** Minimum share that headers leave of a known rate while nothing is refused. */
const LEAST_SHARE = 0.1;

/** Applies an upstream's rate limit headers, as far as they are credible. */
export interface RateLimitHeaders {
  /** Handles a response that was not refused. */
  accepted(call: Call): Promise<void>;
  /**
   * Handles a 429: returns the milliseconds until there is quota again according to its headers; 0 if they do not state
   * it.
   */
  refused(call: Call): number;
}

/** Creates the handler for one credential. */
export function createRateLimitHeaders({
  budget,
  clock,
}: {
  readonly budget: Budget;
  readonly clock: Clock;
}): RateLimitHeaders {
  const trust = new HeaderTrust();

  async function applyRateLimitHeaders(call: Call, view: BucketView, signal: LimitSignal): Promise<void> {
    const nowMs = clock.monotonicMs();
    if (!trust.isCredible(view.name, signal, nowMs)) return view.setObservedRate(undefined);
    view.setObservedRate(statedRate(signal));
    const { remaining, resetMs = 0 } = signal;
    if (remaining === undefined || resetMs < SHORTEST_RESET_MS) return;
    const soonMs = resetMs - ROUNDING_MS;
    if (remaining === 0) {
      const closeForMs = Math.min(soonMs, LONGEST_HINT_MS);
      await budget.applyLimit({
        needs: call.needs,
        bucket: view.name,
        closeForMs,
        reason: "QUOTA_USED_UP",
        slowDown: false,
      });
      return;
    }
    const rate = Math.max(LOWEST_RATE, (view.declared ?? 0) * LEAST_SHARE, (remaining / soonMs) * 1_000);
    if (rate < (view.declared ?? Infinity)) budget.pace(view, { rate, forMs: Math.min(resetMs, LONGEST_HINT_MS) });
  }

  return {
    async accepted(call) {
      const view = broadest(call);
      if (view === undefined || call.trace.sentAtMs === undefined) return;
      trust.taken(view.name, call.trace.sentAtMs, clock.monotonicMs());
      const signal = tightest(signalsOf(call, clock));
      if (signal !== undefined) await applyRateLimitHeaders(call, view, signal);
    },
    refused(call) {
      for (const { view } of call.needs) trust.refused(view.name);
      const empty = signalsOf(call, clock).filter(({ remaining }) => remaining === 0);
      // A limit of calls per second is left to the rate: pausing for a second each time would leave most of it unused.
      const pauses = empty.flatMap(({ resetMs = 0 }) => (resetMs < SHORTEST_RESET_MS ? [] : resetMs - ROUNDING_MS));
      return Math.max(0, ...pauses);
    },
  };
}

/** Headers describe the credential as a whole: the widest bucket, which a call names last. */
function broadest({ needs }: Call): BucketView | undefined {
  return needs.at(-1)?.view;
}

function signalsOf({ trace }: Call, clock: Clock): readonly LimitSignal[] {
  const speaks = Object.keys(trace.headers).some((name) => name.includes("ratelimit") || name.includes("rate-limit"));
  return speaks ? limitSignals(trace.headers, clock.epochMs()) : [];
}

/** Returns the limit, of several, that leaves the least per second. */
function tightest(signals: readonly LimitSignal[]): LimitSignal | undefined {
  const paceOf = ({ remaining, resetMs }: LimitSignal): number =>
    remaining === undefined || !resetMs ? Infinity : remaining / resetMs;
  return signals.toSorted((a, b) => paceOf(a) - paceOf(b))[0];
}

function statedRate({ quota, windowMs }: LimitSignal): number | undefined {
  if (quota === undefined || quota === 0 || windowMs === undefined) return undefined;
  return Math.max(LOWEST_RATE, (quota / windowMs) * 1_000);
}
