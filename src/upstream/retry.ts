import { ServiceError } from "../domain/error.ts";
import { type Call, freshTrace, type Layer, type Trace } from "./call.ts";
import { fullJitterMs } from "../runtime/backoff.ts";
import { pause, type Clock } from "../runtime/clock.ts";
import { isKeyForgotten, keyForgotten } from "./key-lifetime.ts";
import type { WriteOutcome } from "./write-outcome.ts";

export interface RetryOptions {
  readonly clock: Clock;
  /** Returns a random number in [0, 1). */
  readonly random: () => number;
}

/** Maximum attempts, including the first. */
const MAX_TRIES = 5;
const BACKOFF = { baseMs: 200, capMs: 20_000 };

/** Retry tokens that a first attempt adds: over any longer time at most a fifth more calls than were requested. */
const TOKENS_PER_CALL = 0.2;
/**
 * Initial and maximum number of tokens: an idle source can tolerate a brief failure, and an outage begins with this
 * many extra calls.
 */
const MAX_TOKENS = 5;

/**
 * The only place where a call is repeated. Repeats reads, writes with a key and what the upstream did not process, after failures whose code means that
 * the same call may succeed later; after a pause with full jitter, so that callers that failed together do not retry
 * together, and never sooner than the upstream requested. A call that cannot be sent before the deadline, or before its
 * key expires, fails without waiting.
 */
export function retry({ clock, random }: RetryOptions): Layer {
  let tokens = MAX_TOKENS;
  return (next) => async (call) => {
    tokens = Math.min(MAX_TOKENS, tokens + TOKENS_PER_CALL);
    const writeOutcome: WriteOutcome = { maybeApplied: false };
    for (let attempt = 1; ; attempt++) {
      const trace = freshTrace();
      try {
        return await next({ ...call, attempt, writeOutcome, trace });
      } catch (reason) {
        const error = ServiceError.from(reason);
        const pauseMs = Math.max(error.retryAfterMs ?? 0, fullJitterMs(BACKOFF, attempt, random));
        const inTime = clock.monotonicMs() + pauseMs < call.deadlineMs;
        // a locked object is not an outage: its few attempts have a limit of their own
        const cost = trace.isAboutOneObject ? 0 : 1;
        const mustGiveUp = isInteractiveWithoutPermit(call, trace) || attempt >= MAX_TRIES || !inTime || tokens < cost;
        const isRepeatable = call.request.isRepeatable || error.call.notProcessed === true;
        if (!error.retryable || !isRepeatable || mustGiveUp) throw error;
        if (isKeyForgotten(call.request, clock.epochMs() + pauseMs)) throw keyForgotten(writeOutcome, error);
        tokens -= cost;
        await pause(clock, pauseMs, call.signal);
      }
    }
  };
}

/**
 * Returns true for an interactive call without a permit: stored data at once serves a user better than waiting for an
 * upstream that is rate-limited.
 */
function isInteractiveWithoutPermit({ lane }: Call, { sentAtMs }: Trace): boolean {
  return lane === "interactive" && sentAtMs === undefined;
}
