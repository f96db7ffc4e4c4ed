import type { BudgetPolicy } from "../connector-api/budget.ts";
import { ServiceError } from "../domain/error.ts";
import { retryPause } from "../protocols/rest/retry-after.ts";
import type { Budget } from "./budget/budget.ts";
import type { Call, Layer } from "./call.ts";
import type { Clock } from "./clock.ts";
import { createHeedHeaders, type HeedHeaders } from "./heed-headers.ts";

export interface LearnOptions {
  readonly budget: Budget;
  readonly policy: BudgetPolicy;
  readonly clock: Clock;
  /** The upstream asked for a longer pause than we follow: the next call is earlier than it wants. */
  readonly onCapped: () => void;
}

/**
 * Learns from every answer. A pause that the upstream asks for with 429 or 503 closes the budget for everybody who draws on
 * it, and a 429 slows it down; with another status a pause is about the one object or call (409: locked), and only the
 * retry of that call keeps to it. Headers about quotas are hints: what a refusal says stands before them.
 */
export function learn(options: LearnOptions): Layer {
  const headers = createHeedHeaders(options);
  return (next) => async (call) => {
    try {
      const response = await next(call);
      await headers.accepted(call);
      return response;
    } catch (reason) {
      if (reason instanceof ServiceError && call.trace.status !== undefined) await heed(options, headers, call, reason);
      throw reason;
    }
  };
}

async function heed(
  { budget, policy, clock, onCapped }: LearnOptions,
  headers: HeedHeaders,
  call: Call,
  error: ServiceError,
): Promise<void> {
  const { status, headers: answered } = call.trace;
  if (status !== 429 && status !== 503) return headers.accepted(call);
  const pause = retryPause(answered, clock.epochMs());
  if (pause?.capped === true) onCapped();
  const quotaMs = status === 429 ? headers.refused(call) : 0;
  const closeForMs = error.retryAfterMs ?? quotaMs;
  if (status === 503 && closeForMs === 0) return;
  await budget.keepTo({
    needs: call.needs,
    bucket: status === 429 ? policy.refusedBy?.(answered) : undefined,
    closeForMs,
    reason: error.retryAfterMs === undefined ? "QUOTA_USED_UP" : "RETRY_AFTER",
    slowDown: status === 429,
  });
}
