import { ServiceError } from "../domain/error.ts";
import { type Call, type Fate, freshTrace, isRepeatable, type Layer, type Trace } from "./call.ts";
import { pause, type Clock } from "./clock.ts";
import { isKeyForgotten, keyForgotten } from "./key-lifetime.ts";

export interface RetryOptions {
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
}

/** First try included. */
const MAX_TRIES = 5;
const BASE_PAUSE_MS = 200;
const MAX_PAUSE_MS = 20_000;

/** What a first try adds to the retry tokens: over any longer time at most a fifth more calls than were asked for. */
const TOKENS_PER_CALL = 0.2;
/** Tokens at the start and at most: a quiet source can bear a hiccup, and an outage begins with this many extra calls. */
const MAX_TOKENS = 5;

/**
 * The only place where a call is repeated. Reads and keyed writes, after failures whose code says that the same call may
 * succeed later; after a pause of full jitter, so that callers who failed together do not come back together, and never
 * sooner than the upstream asked for. What cannot be sent before the deadline, or before its key is forgotten, is not waited for.
 */
export function retry({ clock, random }: RetryOptions): Layer {
  let tokens = MAX_TOKENS;
  return (next) => async (call) => {
    tokens = Math.min(MAX_TOKENS, tokens + TOKENS_PER_CALL);
    const fate: Fate = { mayBeDone: false };
    for (let attempt = 1; ; attempt++) {
      const trace = freshTrace();
      try {
        return await next({ ...call, attempt, fate, trace });
      } catch (reason) {
        const error = ServiceError.from(reason);
        const pauseMs = Math.max(error.retryAfterMs ?? 0, random() * maxPauseMs(attempt));
        const inTime = clock.monotonicMs() + pauseMs < call.deadlineMs;
        const isHopeless = isPersonRefused(call, trace) || attempt >= MAX_TRIES || !inTime || tokens < 1;
        if (!error.retryable || !isRepeatable(call.request) || isHopeless) throw error;
        if (isKeyForgotten(call.request, clock.epochMs() + pauseMs)) throw keyForgotten(fate, error);
        tokens -= 1;
        await pause(clock, pauseMs, call.signal);
      }
    }
  };
}

/** A person is better served with what is stored, at once, than kept waiting for an upstream that is left alone. */
function isPersonRefused({ lane }: Call, { sentAtMs }: Trace): boolean {
  return lane === "interactive" && sentAtMs === undefined;
}

function maxPauseMs(attempt: number): number {
  return Math.min(MAX_PAUSE_MS, BASE_PAUSE_MS * 2 ** (attempt - 1));
}
