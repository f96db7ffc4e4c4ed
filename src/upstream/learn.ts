import { ServiceError } from "../domain/error.ts";
import { retryPause } from "../protocols/rest/retry-after.ts";
import type { Budget } from "./budget/budget.ts";
import { MAX_PAUSE_MS } from "../protocols/pause.ts";
import type { Call, Layer } from "./call.ts";
import type { Clock } from "../runtime/clock.ts";
import { createRateLimitHeaders, type RateLimitHeaders } from "./apply-rate-limit-headers.ts";

export interface LearnOptions {
  readonly budget: Budget;
  readonly clock: Clock;
  /**
   * Called when the upstream requested a longer pause than we follow: the next call comes earlier than it requested.
   */
  readonly onCapped: () => void;
}

/**
 * Learns from every response. A pause that the upstream requests with 429 or 503 closes the budget for everyone who
 * draws on it, and a 429 slows it down. With another status, or a 429 that the connector knows not to be about a limit,
 * a pause concerns the one object or call (409: locked), and only the retry of that call waits for it. Headers about
 * quotas are hints: the content of a refusal takes precedence. Of other protocols than HTTP the error alone says the
 * same.
 */
export function learn(options: LearnOptions): Layer {
  const headers = createRateLimitHeaders(options);
  return (next) => async (call) => {
    try {
      const response = await next(call);
      await headers.accepted(call);
      return response;
    } catch (reason) {
      if (reason instanceof ServiceError) {
        if (call.trace.status === undefined) await applyPause(options, call, reason);
        else await applyRateLimitHeaders(options, headers, call, reason);
      }
      throw reason;
    }
  };
}

async function applyRateLimitHeaders(
  { budget, clock, onCapped }: LearnOptions,
  headers: RateLimitHeaders,
  call: Call,
  error: ServiceError,
): Promise<void> {
  const { status, headers: answered } = call.trace;
  if ((status !== 429 && status !== 503) || call.trace.isAboutOneObject) return headers.accepted(call);
  const pause = retryPause(answered, clock.epochMs());
  if (pause?.capped === true) onCapped();
  const quotaMs = status === 429 ? headers.refused(call) : 0;
  const closeForMs = error.retryAfterMs ?? quotaMs;
  if (status === 503 && closeForMs === 0) return;
  await budget.applyLimit({
    needs: call.needs,
    bucket: status === 429 ? call.trace.refusedBy : undefined,
    closeForMs,
    reason: error.retryAfterMs === undefined ? "QUOTA_USED_UP" : "RETRY_AFTER",
    slowDown: status === 429,
  });
}

/** Closes the budget for the pause that an error requests, and slows it down after a refusal. */
export async function applyPause(
  { budget, onCapped }: Pick<LearnOptions, "budget" | "onCapped">,
  { needs }: Pick<Call, "needs">,
  error: ServiceError,
): Promise<void> {
  const { isAboutOneObject, pausesOnlyCall } = error.call;
  const closeForMs = pausesOnlyCall === true ? 0 : (error.retryAfterMs ?? 0);
  const isRefused = error.code === "UPSTREAM_RATE_LIMITED";
  const pauses = isRefused || (error.code === "UPSTREAM_UNAVAILABLE" && closeForMs > 0);
  if (!pauses || isAboutOneObject === true) return;
  if (closeForMs >= MAX_PAUSE_MS) onCapped();
  const reason = closeForMs > 0 ? "RETRY_AFTER" : "QUOTA_USED_UP";
  await budget.applyLimit({ needs, bucket: undefined, closeForMs, reason, slowDown: isRefused });
}
