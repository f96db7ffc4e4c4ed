import { limitSignals, type LimitSignal } from "../protocols/rest/limit-headers.ts";
import type { BucketView } from "./budget/bucket-view.ts";
import type { Budget } from "./budget/budget.ts";
import { LOWEST_RATE } from "./budget/bucket-rules.ts";
import type { Call } from "./call.ts";
import type { Clock } from "./clock.ts";
import { HeaderTrust } from "./header-trust.ts";

/** Resets are whole seconds, rounded up: one that is nearer may be over already. */
const ROUNDING_MS = 1_000;
const SHORTEST_RESET_MS = 2_000;
/** An answer that was not refused slows down or closes for so long at most: then a call shows whether its word holds. */
const LONGEST_HINT_MS = 5_000;
/** The least that headers leave of a known rate while nothing is refused. */
const LEAST_SHARE = 0.1;

/** Does what an upstream's headers about its limits ask for, as far as they are credible. */
export interface HeedHeaders {
  /** After an answer that was not refused. */
  accepted(call: Call): Promise<void>;
  /** After a 429: milliseconds until there is quota again, as its headers say; 0 where they do not. */
  refused(call: Call): number;
}

/** For one credential. */
export function createHeedHeaders({ budget, clock }: { readonly budget: Budget; readonly clock: Clock }): HeedHeaders {
  const trust = new HeaderTrust();

  async function heed(call: Call, view: BucketView, signal: LimitSignal): Promise<void> {
    const nowMs = clock.monotonicMs();
    if (!trust.believes(view.name, signal, nowMs)) return view.state(undefined);
    view.state(statedRate(signal));
    const { remaining, resetMs = 0 } = signal;
    if (remaining === undefined || resetMs < SHORTEST_RESET_MS) return;
    const soonMs = resetMs - ROUNDING_MS;
    if (remaining === 0) {
      const closeForMs = Math.min(soonMs, LONGEST_HINT_MS);
      await budget.keepTo({
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
      if (signal !== undefined) await heed(call, view, signal);
    },
    refused(call) {
      for (const { view } of call.needs) trust.refused(view.name);
      const empty = signalsOf(call, clock).filter(({ remaining }) => remaining === 0);
      // A limit of calls per second is left to the rate: to stay away for a second each time would leave most of it unused.
      const pauses = empty.flatMap(({ resetMs = 0 }) => (resetMs < SHORTEST_RESET_MS ? [] : resetMs - ROUNDING_MS));
      return Math.max(0, ...pauses);
    },
  };
}

/** Headers speak of the credential as a whole: of the widest bucket, which a call names last. */
function broadest({ needs }: Call): BucketView | undefined {
  return needs.at(-1)?.view;
}

function signalsOf({ trace }: Call, clock: Clock): readonly LimitSignal[] {
  const speaks = Object.keys(trace.headers).some((name) => name.includes("ratelimit") || name.includes("rate-limit"));
  return speaks ? limitSignals(trace.headers, clock.epochMs()) : [];
}

/** Of several limits, the one that leaves the least per second. */
function tightest(signals: readonly LimitSignal[]): LimitSignal | undefined {
  const paceOf = ({ remaining, resetMs }: LimitSignal): number =>
    remaining === undefined || !resetMs ? Infinity : remaining / resetMs;
  return signals.toSorted((a, b) => paceOf(a) - paceOf(b))[0];
}

function statedRate({ quota, windowMs }: LimitSignal): number | undefined {
  if (quota === undefined || quota === 0 || windowMs === undefined) return undefined;
  return Math.max(LOWEST_RATE, (quota / windowMs) * 1_000);
}
