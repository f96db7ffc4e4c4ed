import type { ExecutionArgs, ExecutionResult } from "graphql";
import { randomUUID } from "node:crypto";
import type { Principal } from "../../../resolvers/principal.ts";
import { turnOf } from "../../runtime/loop-turns.ts";
import { receivedTraceparent, traced } from "../../runtime/tracing.ts";
import type { Transport } from "../graphql/prepare-operation.ts";
import { describeOperation, operationSpan } from "../graphql/trace-operation.ts";
import { limitTime } from "../graphql/limit-time.ts";
import type { ContextInput } from "./context-input.ts";
import type { TransportGraph } from "./transport-graph.ts";
import type { OperationSize, Quota } from "./quota.ts";

/** One running operation of a connection. */
export interface Operation {
  /** Included in its errors and in the log. */
  readonly requestId: string;
  /** Counts the operation until its end. @throws ServiceError OVERLOADED */
  readonly occupy: (size: OperationSize) => void;
  /** Creates the context of the operation itself, with empty loaders; its signal is aborted when the operation ends. */
  readonly createContext: () => unknown;
  /** Runs the work of it in its span. */
  readonly trace: <T>(args: Pick<ExecutionArgs, "document" | "operationName">, work: () => Promise<T>) => Promise<T>;
  /** Header that continues its trace: that of its request, or of its span once there is one. */
  readonly traceparent: () => string | undefined;
  /** Stops counting it among the operations that its caller runs: a subscription does not end by itself. */
  readonly uncount: () => void;
  /**
   * Executes a query or a mutation with a context of its own, whose signal is aborted at the deadline too.
   * @throws ServiceError OPERATION_TIMEOUT | CANCELED
   */
  readonly execute: (args: ExecutionArgs) => Promise<ExecutionResult>;
  /** Aborts the signal: the result is no longer needed. */
  readonly end: () => void;
}

export interface OperationOptions {
  readonly graph: TransportGraph;
  readonly principal: Principal;
  /** Set that contains the operation until its end. */
  readonly running: Set<Operation>;
  readonly quota: Quota;
  /** Default: a new one. */
  readonly requestId?: string | undefined;
  /** Cursor of the last event that the client has received, as the transport says. */
  readonly resumeAfter?: string | undefined;
  readonly transport: Transport;
  /** Header `traceparent` of the request that has opened the connection. */
  readonly traceparent?: unknown;
}

/** @throws ServiceError UNAUTHENTICATED (the access of the caller has ended) | RATE_LIMITED | OVERLOADED */
export function startOperation(options: OperationOptions): Operation {
  const { graph, principal, running, quota, resumeAfter, requestId = randomUUID() } = options;
  graph.access.require(principal);
  const uncount = graph.beginOperation(principal);
  const controller = new AbortController();
  const { operationTimeoutMs: timeoutMs } = graph;
  let release = (): void => undefined;
  const contextOf = (input: Pick<ContextInput, "signal" | "pieces" | "document">): unknown =>
    graph.createContext({ principal, requestId, resumeAfter, ...input });
  let traceparent = receivedTraceparent(options.traceparent);
  const request = { requestId, transport: options.transport, traceparent };
  const operation: Operation = {
    requestId,
    traceparent: () => traceparent,
    trace: ({ document, operationName }, work) =>
      traced(
        () => operationSpan(request),
        (span) => {
          traceparent = span.traceparent ?? traceparent;
          describeOperation(span, document, operationName);
          return work();
        },
      ),
    occupy: (size) => void (release = quota.startOperation(principal, size)),
    createContext: () => contextOf({ signal: controller.signal, pieces: graph.openPieces(principal) }),
    execute: (args) =>
      operation.trace(args, () =>
        limitTime({ timeoutMs, signal: controller.signal }, async (signal) => {
          const pieces = graph.openPieces(principal);
          await turnOf(pieces, signal);
          const contextValue = contextOf({ signal, pieces, document: args.document });
          return await graph.execute({ ...args, contextValue });
        }),
      ),
    uncount,
    end() {
      uncount();
      running.delete(operation);
      controller.abort();
      release();
    },
  };
  running.add(operation);
  return operation;
}
