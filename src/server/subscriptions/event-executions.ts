import { LRUCache } from "lru-cache";
import type { Principal } from "../../../resolvers/principal.ts";
import { createWakeTurns } from "../../runtime/wake-turns.ts";
import { type EventResult, memoryOf } from "./event-result.ts";
import { type EventExecutor, executeEvents } from "./execute-events.ts";
import { identityOf, type SubscriptionArgs } from "./operation-identity.ts";
import { createSharedExecution, type Membership, type SharedExecution } from "./shared-execution.ts";

/**
 * Executions of events, each once for all subscriptions with the same identity: a thousand equal subscriptions cost one
 * execution per event. Results are kept for a short time for subscribers that are behind.
 */
export interface EventExecutions {
  join(subscription: Subscription): Membership;
}

export interface Subscription {
  readonly principal: Principal;
  readonly operation: SubscriptionArgs;
  /** Trace of the subscription. */
  readonly traceparent?: string | undefined;
}

/**
 * Results kept over all subscriptions: more events than the feed keeps in memory for subscribers at the head. The age
 * bounds how much older than its delivery the content of an event can be.
 */
const KEPT_RESULTS = { max: 10_000, maxSize: 32 * 1024 * 1024, ttl: 5_000, sizeCalculation: memoryOf };

export function createEventExecutions(executor: EventExecutor): EventExecutions {
  const executions = new Map<string, SharedExecution>();
  const kept = new LRUCache<string, EventResult>(KEPT_RESULTS);
  const turns = createWakeTurns();
  let created = 0;

  function executionOf({ principal, operation }: Subscription): SharedExecution {
    const identity = identityOf(operation, principal);
    const existing = executions.get(identity);
    if (existing !== undefined) return existing;
    const execution = createSharedExecution({
      name: `${(created += 1)}`,
      kept,
      turns,
      document: operation.document,
      execute: (batch) => executeEvents(executor, { ...batch, operation }),
      onEmpty: () => executions.delete(identity),
    });
    executions.set(identity, execution);
    return execution;
  }

  return {
    join: (subscription) => executionOf(subscription).join(subscription.principal, subscription.traceparent),
  };
}
