import { createSourceEventStream, execute, type ExecutionArgs, type ExecutionResult } from "graphql";
import { createPullIterator, type PullIterator } from "../../events/pull-iterator.ts";

export interface SubscribePerEventOptions {
  /** Arguments of `execute`, except the context. */
  readonly operation: Omit<ExecutionArgs, "contextValue" | "rootValue">;
  /** Creates a context for the source of the events. */
  readonly createContext: () => unknown;
  /** Runs the execution of one event with a context of its own, with empty loaders, for a limited time. */
  readonly execute: <T>(work: (contextValue: unknown) => T | Promise<T>) => Promise<T>;
  /** Called with each event of the source before its result is returned. */
  readonly onEvent?: (event: unknown) => void;
  /** Called once, when the subscription has ended for any reason. */
  readonly onEnd: () => void;
}

/**
 * Subscribes like graphql-js's `subscribe`, with two differences: each event is executed with a context of its own, so
 * that no event returns data that a loader cached for an earlier one, and `return` reaches the source immediately, even
 * while it is quiet. An event whose execution takes too long ends the subscription, so that it is not skipped: the
 * subscriber resumes after the event before it.
 * @returns results, one per event and only on request; or one result when it could not begin
 */
export async function subscribePerEvent(
  options: SubscribePerEventOptions,
): Promise<PullIterator<ExecutionResult> | ExecutionResult> {
  const { operation, createContext, execute: executeEvent, onEvent, onEnd } = options;
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
      const result = await executeEvent((contextValue) => execute({ ...operation, rootValue: value, contextValue }));
      onEvent?.(value);
      return result;
    },
    close() {
      onEnd();
      // Resolves immediately and cannot fail for our own feed; a consumer that left does not wait for it.
      events.return?.().catch(() => undefined);
    },
  });
}
