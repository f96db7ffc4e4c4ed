import { ServiceError, type ErrorCode } from "../domain/error.ts";
import type { Layer, Trace } from "./call.ts";
import type { Clock } from "./clock.ts";
import { SlidingCounts } from "./sliding-counts.ts";

/*
 * A circuit breaker of our own and not a library's: those at hand make callers of a half-open circuit wait without end or
 * abort, take a canceled probe for a success, and know no clock but the wall's.
 */

export type BreakerState = "CLOSED" | "OPEN" | "HALF_OPEN";

export interface BreakerOptions {
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  /** Calls of ten seconds before it may open. Default: 10. */
  readonly minCalls?: number;
  readonly onChange?: (state: BreakerState) => void;
}

/** Refuses calls to an upstream that is out of order, and lets one through from time to time to see whether it still is. */
export interface Breaker {
  /** Around the wait for a permit, so that a call that would be refused does not stand in line. Counts how calls end. */
  readonly guard: Layer;
  /** After that wait: the circuit may have opened meanwhile. */
  readonly recheck: Layer;
  state(): BreakerState;
}

/** What speaks against the upstream: refused, 429, 5xx, timeouts, garbled answers. Its "no" to one request does not. */
const FAILURES: readonly (ErrorCode | undefined)[] = [
  "UPSTREAM_UNAVAILABLE",
  "UPSTREAM_RATE_LIMITED",
  "UPSTREAM_GARBLED",
  "OUTCOME_UNKNOWN",
];
/** It opens when more than half of the calls of this time failed, */
const WINDOW_MS = 10_000;
/** and there were so many. */
const MIN_CALLS = 10;
const FIRST_PAUSE_MS = 1_000;
const MAX_PAUSE_MS = 30_000;
/** When those that are refused while a probe is under way may ask again. */
const PROBE_MS = 500;

/** One per upstream and process, closed at first. */
export function createBreaker({ clock, random, minCalls = MIN_CALLS, onChange = () => {} }: BreakerOptions): Breaker {
  const counts = new SlidingCounts(WINDOW_MS);
  let state: BreakerState = "CLOSED";
  let openUntilMs = 0;
  let pauses = 0;
  let probe: Trace | undefined;

  function become(next: BreakerState): void {
    if (state === next) return;
    state = next;
    onChange(next);
  }

  function open(): void {
    const pauseMs = Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** pauses);
    pauses += 1;
    openUntilMs = clock.monotonicMs() + pauseMs * (0.5 + random() / 2); // replicas do not come back together
    become("OPEN");
  }

  function close(): void {
    pauses = 0;
    counts.clear();
    become("CLOSED");
  }

  /** Whether the call may pass; the first after the pause is the probe. */
  function admits(trace: Trace): boolean {
    if (state === "CLOSED" || probe === trace) return true;
    if (probe !== undefined || clock.monotonicMs() < openUntilMs) return false;
    probe = trace;
    become("HALF_OPEN");
    return true;
  }

  function ended(trace: Trace, code: ErrorCode | undefined): void {
    const isProbe = probe === trace;
    if (isProbe) probe = undefined;
    // Nothing left, or the caller gave up: says nothing about the upstream.
    if (trace.sentAtMs === undefined || code === "CANCELED") return;
    const failed = FAILURES.includes(code);
    if (isProbe) return failed ? open() : close();
    if (state !== "CLOSED") return; // left before the circuit opened
    counts.add(clock.monotonicMs(), failed);
    const { total, failures } = counts.read(clock.monotonicMs());
    if (total >= minCalls && failures > total / 2) open();
  }

  function refusal(): ServiceError {
    const leftMs = openUntilMs - clock.monotonicMs();
    return new ServiceError("UPSTREAM_UNAVAILABLE", "the upstream has been failing and is left alone for a while", {
      detail: `the circuit is ${state === "OPEN" ? "open" : "half open"}`,
      retryAfterMs: Math.ceil(leftMs > 0 ? leftMs : PROBE_MS),
    });
  }

  return {
    guard: (next) => async (call) => {
      if (!admits(call.trace)) throw refusal();
      try {
        const response = await next(call);
        ended(call.trace, undefined);
        return response;
      } catch (reason) {
        ended(call.trace, ServiceError.from(reason).code);
        throw reason;
      }
    },
    recheck: (next) => async (call) => {
      if (!admits(call.trace)) throw refusal();
      return next(call);
    },
    state: () => state,
  };
}
