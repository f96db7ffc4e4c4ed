import type { ExecutionResult } from "graphql";
import { createPullIterator, type PullIterator } from "../../events/pull-iterator.ts";

/**
 * An operation with one result, in the form of a subscription: so a client that ends it is noticed, and not only one
 * that disconnects.
 */
export function oneResult(execute: () => Promise<ExecutionResult>, close: () => void): PullIterator<ExecutionResult> {
  let isExecuted = false;
  return createPullIterator({
    async pull() {
      if (isExecuted) return undefined;
      isExecuted = true;
      return await execute();
    },
    close,
  });
}
