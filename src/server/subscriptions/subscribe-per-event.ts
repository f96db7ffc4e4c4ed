import { createSourceEventStream, type ExecutionResult } from "graphql";
import type { Principal } from "../../../resolvers/principal.ts";
import { createPullIterator, type PullIterator } from "../../events/pull-iterator.ts";
import type { StreamItem } from "../../events/stream-item.ts";
import type { AccessEnds } from "./access-ends.ts";
import type { EventExecutions } from "./event-executions.ts";
import type { EventResult } from "./event-result.ts";
import type { SubscriptionArgs } from "./operation-identity.ts";

export interface SubscribePerEventOptions {
  /** Executions that all transports share. */
  readonly executions: EventExecutions;
  readonly access: Pick<AccessEnds, "require">;
  readonly principal: Principal;
  /** Arguments of `execute`, except the context. */
  readonly operation: SubscriptionArgs;
  /** Creates a context for the source of the events. */
  readonly createContext: () => unknown;
  /** Called once, when the subscription has ended for any reason. */
  readonly onEnd: () => void;
  /** Trace of the subscription, to which the spans of its events have links. */
  readonly traceparent?: string | undefined;
}

/**
 * Subscribes like graphql-js's `subscribe`, with these differences: an event is executed once for all equal
 * subscriptions, with a context of its own, after it was committed, so that no event returns data that is older than
 * itself; and `return` reaches the source immediately, even while it is quiet. An event whose execution takes too long
 * ends the subscription, so that it is not skipped: the subscriber resumes after the event before it. So does the end of
 * the caller's access, which is checked before and after each batch is executed.
 * @returns results, one per event, on request: `next`, and `takeReady` for what is there already; or one result, whose
 * errors are not formatted, when it could not begin
 */
export async function subscribePerEvent(
  options: SubscribePerEventOptions,
): Promise<PullIterator<EventResult> | ExecutionResult> {
  const { executions, access, principal, operation, createContext, onEnd, traceparent } = options;
  const source = await createSourceEventStream({ ...operation, contextValue: createContext() });
  if (!(Symbol.asyncIterator in source)) {
    onEnd();
    return source;
  }
  // The source of every subscription field is the event feed, whose iterators these are.
  const items = source as PullIterator<StreamItem>;
  const membership = executions.join({ principal, operation, traceparent });
  /** Items of the source that are not executed yet. */
  let taken: readonly StreamItem[] = [];
  /** Results of the last execution that were not taken yet, the next one last. */
  let ready: EventResult[] = [];
  const pullReady = (): EventResult | undefined => ready.pop();

  /** An event must not fail because of those that it is executed with: each has the whole time when it is alone. */
  async function executeSome(): Promise<readonly EventResult[]> {
    const batch = taken.slice(0, membership.batchSize);
    try {
      return await membership.results(batch);
    } catch (reason) {
      if (batch.length === 1) throw reason;
      return await membership.results(batch.slice(0, 1));
    }
  }

  return createPullIterator({
    async pull() {
      const known = pullReady();
      if (known !== undefined) return known;
      if (taken.length === 0) {
        const { done, value } = await items.next();
        if (done === true) return undefined;
        taken = [value, ...items.takeReady(membership.batchSize - 1)];
      }
      access.require(principal);
      const results = await executeSome();
      access.require(principal);
      taken = taken.slice(results.length);
      ready = results.toReversed();
      return pullReady();
    },
    pullReady,
    close() {
      ready = [];
      membership.leave();
      onEnd();
      // Resolves immediately and cannot fail for our own feed; a consumer that left does not wait for it.
      items.return().catch(() => undefined);
    },
  });
}
