import { createSourceEventStream, execute, type ExecutionArgs, type ExecutionResult } from "graphql";
import { createPullIterator, type PullIterator } from "../../events/pull-iterator.ts";

export interface SubscribePerEventOptions {
  /** What `execute` takes, but for the context. */
  readonly operation: Omit<ExecutionArgs, "contextValue" | "rootValue">;
  /** A new context, with loaders that have read nothing yet. */
  readonly createContext: () => unknown;
  /** Called once, when the subscription has ended for whatever reason. */
  readonly onEnd: () => void;
}

/**
 * graphql-js's `subscribe` with two differences: each event is executed with a context of its own, so that no event
 * shows what a loader had cached for an earlier one, and `return` reaches the source at once, also while it is quiet.
 * @returns results, one per event and no sooner than it is asked for; or one result when it could not begin
 */
export async function subscribePerEvent(
  options: SubscribePerEventOptions,
): Promise<PullIterator<ExecutionResult> | ExecutionResult> {
  const { operation, createContext, onEnd } = options;
  const source = await createSourceEventStream({ ...operation, contextValue: createContext() });
  if (!(Symbol.asyncIterator in source)) {
    onEnd();
    return source;
  }
  const events = source[Symbol.asyncIterator]();
  return createPullIterator({
    async pull() {
      const { done, value } = await events.next();
      if (done === true) return undefined;
      return await execute({ ...operation, rootValue: value, contextValue: createContext() });
    },
    close() {
      onEnd();
      // Resolves at once and cannot fail for our own feed; whoever left does not wait for it.
      events.return?.().catch(() => undefined);
    },
  });
}
