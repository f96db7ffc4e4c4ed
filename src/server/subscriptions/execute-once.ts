import type { ExecutionArgs, ExecutionResult } from "graphql";
import { createPullIterator, type PullIterator } from "../../events/pull-iterator.ts";
import { errorsOf } from "../graphql/invalid-document.ts";
import type { Operation } from "./operation.ts";

/**
 * Executes a query or a mutation, whatever its transport. The result has the form of a subscription: so a client that
 * ends the operation is noticed, and not only one that disconnects. A failure is a result with errors.
 */
export function executeOnce(args: ExecutionArgs, operation: Operation): PullIterator<ExecutionResult> {
  const execute = async (): Promise<ExecutionResult> => {
    try {
      return await operation.execute(args);
    } catch (reason) {
      return { errors: errorsOf(reason) };
    }
  };
  return oneResult(execute, operation.end);
}

/** The one result of an operation. */
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
