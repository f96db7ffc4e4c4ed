import { ServiceError } from "../domain/error.ts";
import type { BudgetPolicy } from "../connector-api/budget.ts";
import type { Budget } from "./budget/budget.ts";
import type { Call, Layer } from "./call.ts";

/**
 * Learns from every answer. A pause that the upstream asks for with 429 or 503 closes the budget for everybody who draws on
 * it, and a 429 slows it down; with another status a pause is about the one object or call (409: locked), and only the
 * retry of that call keeps to it.
 */
export function learn(budget: Budget, policy: BudgetPolicy): Layer {
  return (next) => async (call) => {
    try {
      return await next(call);
    } catch (reason) {
      if (reason instanceof ServiceError) await heed(budget, policy, call, reason);
      throw reason;
    }
  };
}

async function heed(
  budget: Budget,
  policy: BudgetPolicy,
  call: Call,
  { retryAfterMs = 0 }: ServiceError,
): Promise<void> {
  const { status, headers } = call.trace;
  const isRefusal = status === 429;
  if (!isRefusal && !(status === 503 && retryAfterMs > 0)) return;
  await budget.keepTo({
    needs: call.needs,
    bucket: isRefusal ? policy.refusedBy?.(headers) : undefined,
    closeForMs: retryAfterMs,
    reason: "RETRY_AFTER",
    slowDown: isRefusal,
  });
}
