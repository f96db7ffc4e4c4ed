import { randomUUID } from "node:crypto";
import type { Principal } from "../../../resolvers/principal.ts";
import { type Pieces, turnOf } from "../../runtime/loop-turns.ts";
import { limitTime } from "../graphql/limit-time.ts";
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
  /** Stops counting it among the operations that its caller runs: a subscription does not end by itself. */
  readonly uncount: () => void;
  /**
   * Runs an execution with a context of its own, whose signal is aborted at the deadline too.
   * @throws ServiceError OPERATION_TIMEOUT | CANCELED
   */
  readonly execute: <T>(work: (contextValue: unknown) => T | Promise<T>) => Promise<T>;
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
}

/** @throws ServiceError RATE_LIMITED | OVERLOADED */
export function startOperation(options: OperationOptions): Operation {
  const { graph, principal, running, quota, resumeAfter, requestId = randomUUID() } = options;
  const uncount = graph.beginOperation(principal);
  const controller = new AbortController();
  const { operationTimeoutMs: timeoutMs } = graph;
  let release = (): void => undefined;
  const contextOf = (signal: AbortSignal, pieces: Pieces): unknown =>
    graph.createContext({ principal, requestId, signal, pieces, resumeAfter });
  const operation: Operation = {
    requestId,
    occupy: (size) => void (release = quota.startOperation(principal, size)),
    createContext: () => contextOf(controller.signal, graph.openPieces(principal)),
    execute: (work) =>
      limitTime({ timeoutMs, signal: controller.signal }, async (signal) => {
        const pieces = graph.openPieces(principal);
        await turnOf(pieces, signal);
        return await work(contextOf(signal, pieces));
      }),
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
