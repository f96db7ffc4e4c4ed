import { type ExecutionArgs, type ExecutionResult, getOperationAST, OperationTypeNode } from "graphql";
import type { Principal } from "../../../resolvers/principal.ts";
import { createPullIterator, type PullIterator } from "../../events/pull-iterator.ts";
import { errorsOf } from "../graphql/invalid-document.ts";
import type { OperationRequest, Transport } from "../graphql/prepare-operation.ts";
import { admitOperation } from "./admit-operation.ts";
import { executeOnce, oneResult } from "./execute-once.ts";
import { type Operation, startOperation } from "./operation.ts";
import type { Quota } from "./quota.ts";
import { subscribePerEvent } from "./subscribe-per-event.ts";
import type { TransportGraph } from "./transport-graph.ts";

/** One result of an operation, ready to be sent. */
export interface Message {
  /** The result as JSON, its errors in our form. */
  readonly json: string;
  /** Position of the event of the result. Undefined for a result that has none. */
  readonly cursor: string | undefined;
}

/** An operation that was admitted, not yet executed. */
export interface OpenOperation {
  /** Part of its errors. */
  readonly requestId: string;
  readonly type: OperationTypeNode;
  /** The operation with nothing but what it is executed with, so that a transport may keep it. */
  readonly request: OperationRequest;
  /**
   * Executes it: messages one at a time, only on request; the iterator's `return` ends the operation immediately. Called
   * once.
   * @throws the iterator: whatever ended a subscription before its time, such as ServiceError OPERATION_TIMEOUT
   */
  readonly run: () => Promise<PullIterator<Message>>;
  /** The result that reports a failure, as JSON. */
  readonly failure: (reason: unknown) => string;
  /** Ends the operation; it may be called again. */
  readonly end: () => void;
}

export interface OpenOptions {
  readonly graph: TransportGraph;
  readonly quota: Quota;
  readonly principal: Principal;
  /** Set that contains the operation until its end. */
  readonly running: Set<Operation>;
  readonly transport: Transport;
  /** Reads the operation, after it is counted: the text of a document may have to be found. */
  readonly read: () => OperationRequest;
  /** Default: a new one. */
  readonly requestId?: string | undefined;
  /** Cursor of the last event that the client has received, which takes precedence over the argument `after`. */
  readonly resumeAfter?: string | undefined;
  /** See `AdmitOptions`. */
  readonly kept?: unknown;
  /** Header `traceparent` of the request. */
  readonly traceparent?: unknown;
}

/**
 * Starts and admits an operation for a transport that sends its results as messages.
 * @throws ServiceError UNAUTHENTICATED | RATE_LIMITED | OVERLOADED, and as `prepareOperation`; nothing remains open then
 */
export function openOperation(options: OpenOptions): OpenOperation {
  const { graph, principal, transport } = options;
  const operation = startOperation(options);
  const format = (result: ExecutionResult): string => formatted(result, graph, operation.requestId);
  try {
    const received = options.read();
    const args = admitOperation({ ...options, operation, request: received, transport });
    const type = getOperationAST(args.document, args.operationName)?.operation ?? OperationTypeNode.QUERY;
    const cursorOf = (event: unknown) => graph.eventCursorOf?.(principal, event);
    return {
      requestId: operation.requestId,
      type,
      request: {
        query: args.document.loc?.source.body ?? received.query, // the text of the cached document is shared
        operationName: received.operationName,
        variables: args.variableValues,
      },
      run: () => runMessages({ args, operation, principal, graph, type, format, cursorOf }),
      failure: (reason) => format({ errors: errorsOf(reason) }),
      end: operation.end,
    };
  } catch (reason) {
    operation.end();
    throw reason;
  }
}

interface RunOptions {
  readonly args: ExecutionArgs;
  readonly operation: Operation;
  readonly principal: Principal;
  readonly graph: Pick<TransportGraph, "eventExecutions" | "access">;
  readonly type: OperationTypeNode;
  readonly format: (result: ExecutionResult) => string;
  readonly cursorOf: (event: unknown) => string | undefined;
}

async function runMessages({
  args,
  operation,
  principal,
  graph: { eventExecutions: executions, access },
  type,
  format,
  cursorOf,
}: RunOptions): Promise<PullIterator<Message>> {
  const toMessage = (result: ExecutionResult): Message => ({ json: format(result), cursor: undefined });
  if (type !== OperationTypeNode.SUBSCRIPTION) return mapped(executeOnce(args, operation), toMessage);
  operation.uncount(); // operations that last have limits of their own
  const { createContext, end: onEnd, traceparent } = operation;
  const subscription = { executions, access, principal, operation: args, createContext, onEnd };
  const results = await operation.trace(args, () => subscribePerEvent({ ...subscription, traceparent: traceparent() }));
  if (!(Symbol.asyncIterator in results))
    return mapped(
      oneResult(() => Promise.resolve(results), operation.end),
      toMessage,
    );
  return mapped(results, ({ json, item }) => ({ json, cursor: cursorOf(item) }));
}

function mapped<T, U>(items: PullIterator<T>, map: (item: T) => U): PullIterator<U> {
  return createPullIterator({
    async pull() {
      const { done, value } = await items.next();
      return done === true ? undefined : map(value);
    },
    close: () => void items.return(),
  });
}

function formatted(result: ExecutionResult, graph: TransportGraph, requestId: string): string {
  const { data, errors, extensions } = result;
  if (errors === undefined) return JSON.stringify(result);
  return JSON.stringify({
    ...(data !== undefined && { data }),
    errors: errors.map((error) => graph.formatError(error, requestId)),
    ...(extensions !== undefined && { extensions }),
  });
}
