import { ServiceError, type ErrorCode } from "../domain/error.ts";
import type { Layer, Trace } from "./call.ts";
import { equalJitterMs } from "../runtime/backoff.ts";
import type { Clock } from "../runtime/clock.ts";
import { SlidingCounts } from "./sliding-counts.ts";

/*
 * A circuit breaker of our own instead of a library's: the available libraries make callers of a half-open circuit wait
 * forever or abort, count a canceled probe as a success, and support only the wall clock.
 */

export type BreakerState = "CLOSED" | "OPEN" | "HALF_OPEN";

export interface BreakerOptions {
  readonly clock: Clock;
  /** Returns a random number in [0, 1). */
  readonly random: () => number;
  /** Number of calls within ten seconds before it may open. Default: 10. */
  readonly minCalls?: number;
  readonly onChange?: (state: BreakerState) => void;
}

/** Refuses calls to an upstream that is failing, and lets one through from time to time to test if it still is. */
export interface Breaker {
  /**
   * Layer around the wait for a permit, so that a call that would be refused does not queue. Counts the results of
   * calls.
   */
  readonly guard: Layer;
  /** Layer after that wait: the circuit may have opened meanwhile. */
  readonly recheck: Layer;
  state(): BreakerState;
}

/**
 * Errors that count as failures of the upstream: connection refused, 429, 5xx, timeouts, malformed responses. A
 * rejection of one request, or for one object, does not count.
 */
const FAILURES: readonly (ErrorCode | undefined)[] = [
  "UPSTREAM_UNAVAILABLE",
  "UPSTREAM_RATE_LIMITED",
  "UPSTREAM_GARBLED",
  "OUTCOME_UNKNOWN",
];
/** The circuit opens if more than half of the calls within this time failed, */
const WINDOW_MS = 10_000;
/** and if there were at least this many calls. */
const MIN_CALLS = 10;
const BACKOFF = { baseMs: 1_000, capMs: 30_000 };
/** Time after which calls that are refused during a probe may retry. */
const PROBE_MS = 500;

/** Creates a breaker, one per upstream and process, initially closed. */
export function createBreaker({ clock, random, minCalls = MIN_CALLS, onChange = () => {} }: BreakerOptions): Breaker {
  const counts = new SlidingCounts(WINDOW_MS);
  let state: BreakerState = "CLOSED";
  let openUntilMs = 0;
  let pauses = 0;
  let probe: Trace | undefined;
  /** Code of the failure that opened it last. */
  let openedBy: ErrorCode | undefined;

  function become(next: BreakerState): void {
    if (state === next) return;
    state = next;
    onChange(next);
  }

  function open(code: ErrorCode | undefined): void {
    openedBy = code;
    pauses += 1;
    openUntilMs = clock.monotonicMs() + equalJitterMs(BACKOFF, pauses, random); // replicas do not resume simultaneously
    become("OPEN");
  }

  function close(): void {
    pauses = 0;
    counts.clear();
    become("CLOSED");
  }

  /** Returns true if the call may pass; the first one after the pause is the probe. */
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
    // No call was sent, or the caller gave up: that gives no information about the upstream.
    if (trace.sentAtMs === undefined || code === "CANCELED") return;
    const failed = FAILURES.includes(code) && !trace.isAboutOneObject;
    if (isProbe) return failed ? open(code) : close();
    if (state !== "CLOSED") return; // sent before the circuit opened
    counts.add(clock.monotonicMs(), failed);
    const { total, failures } = counts.read(clock.monotonicMs());
    // A call that succeeded never opens it, although it may complete the number of calls: the upstream has just answered.
    if (failed && total >= minCalls && failures > total / 2) open(code);
  }

  function refusal(): ServiceError {
    const leftMs = openUntilMs - clock.monotonicMs();
    // The code of the failures that opened the circuit: it names their cause, which UPSTREAM_UNAVAILABLE would hide.
    const code = openedBy === "UPSTREAM_GARBLED" ? openedBy : "UPSTREAM_UNAVAILABLE";
    return new ServiceError(
      code,
      code === "UPSTREAM_GARBLED"
        ? "the upstream has been sending responses that cannot be read, and calls to it are suspended for a while"
        : "the upstream has been failing, and calls to it are suspended for a while",
      {
        detail: `the circuit is ${state === "OPEN" ? "open" : "half open"}`,
        retryAfterMs: Math.ceil(leftMs > 0 ? leftMs : PROBE_MS),
      },
    );
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
