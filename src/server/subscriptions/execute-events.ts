import { type ExecutionResult, type FormattedExecutionResult, getOperationAST } from "graphql";
import { randomUUID } from "node:crypto";
import type { Principal } from "../../../resolvers/principal.ts";
import type { StreamItem } from "../../events/stream-item.ts";
import { type Pieces, turnOf } from "../../runtime/loop-turns.ts";
import { type SpanOptions, traced } from "../../runtime/tracing.ts";
import type { Execute } from "../graphql/execute/create-executor.ts";
import type { FormatError } from "../graphql/format-error.ts";
import { limitTime } from "../graphql/limit-time.ts";
import type { ContextInput } from "./context-input.ts";
import { createEventResult, type EventResult } from "./event-result.ts";
import type { SubscriptionArgs } from "./operation-identity.ts";
import type { ExecutedBatch } from "./shared-execution.ts";

/** Parts of the graph that executions of events need. */
export interface EventExecutor {
  readonly openPieces: (principal: Principal) => Pieces;
  readonly createContext: (input: ContextInput) => unknown;
  /** Maximum duration of the execution of events. */
  readonly operationTimeoutMs: number;
  readonly formatError: FormatError;
  readonly execute: Execute;
}

/** Events of one subscription that are executed together. */
export interface EventBatch extends ExecutedBatch {
  readonly operation: SubscriptionArgs;
}

/**
 * Executes events, each with a context of its own. They share the loaders, so that each statement reads the objects of
 * all of them: all data is read after the last of the events was committed, therefore none is older than its event.
 * Each event begins with a piece of its own on the event loop.
 * @throws ServiceError OPERATION_TIMEOUT | CANCELED
 */
export async function executeEvents(executor: EventExecutor, batch: EventBatch): Promise<readonly EventResult[]> {
  const { operation, principal, items } = batch;
  const { document } = operation;
  const limit = { timeoutMs: executor.operationTimeoutMs, signal: batch.signal };
  return await limitTime(limit, async (signal) => {
    const pieces = executor.openPieces(principal);
    let first: unknown;
    const executeOne = async (item: StreamItem): Promise<EventResult> => {
      await turnOf(pieces, signal);
      const requestId = randomUUID();
      const contextValue = executor.createContext({ principal, requestId, signal, pieces, document, loadersOf: first });
      first ??= contextValue;
      const result = await executor.execute({ ...operation, rootValue: item, contextValue });
      return createEventResult(item, formatted(executor, result, requestId));
    };
    return await Promise.all(
      items.map((item) =>
        item.type === "event"
          ? traced(
              () => spanOf(item, batch),
              () => executeOne(item),
            )
          : executeOne(item),
      ),
    );
  });
}

/** An event continues the trace of what has caused it, up to its subscribers, in whatever process they are. */
function spanOf(
  { event, seq }: StreamItem & { readonly type: "event" },
  { operation, subscribers }: EventBatch,
): SpanOptions {
  return {
    name: "send event",
    kind: "PRODUCER",
    causes: [event.traceparent],
    links: subscribers.traceparents,
    attributes: {
      "messaging.system": "sluice",
      "messaging.operation.type": "send",
      "messaging.destination.name": "syncEvents",
      "graphql.operation.type": "subscription",
      "graphql.operation.name": getOperationAST(operation.document, operation.operationName)?.name?.value,
      "sluice.source.id": event.sourceId,
      "sluice.event.kind": event.body.kind,
      "sluice.event.number": Number(seq),
      "sluice.subscribers": subscribers.count,
    },
  };
}

/** The log finds an error by the id of the execution, which is not that of one of its subscriptions. */
function formatted(
  { formatError }: EventExecutor,
  { errors, data, extensions }: ExecutionResult,
  requestId: string,
): FormattedExecutionResult {
  return {
    ...(errors !== undefined && { errors: errors.map((error) => formatError(error, requestId)) }),
    ...(data !== undefined && { data }),
    ...(extensions !== undefined && { extensions }),
  };
}
