import { randomUUID } from "node:crypto";
import type { Principal } from "../../../resolvers/principal.ts";
import type { SocketGraph } from "./graph.ts";

/** One operation of a socket while it runs. */
export interface Operation {
  /** Stands in its errors and in the log. */
  readonly requestId: string;
  /** A context that has read nothing yet; all of an operation's share its signal. */
  readonly createContext: () => unknown;
  /** Aborts the signal: the result is wanted no more. */
  readonly end: () => void;
}

/** @param running where the operation stands until its end */
export function startOperation(graph: SocketGraph, principal: Principal, running: Set<Operation>): Operation {
  const controller = new AbortController();
  const requestId = randomUUID();
  const operation: Operation = {
    requestId,
    createContext: () => graph.createContext({ principal, requestId, signal: controller.signal }),
    end() {
      running.delete(operation);
      controller.abort();
    },
  };
  running.add(operation);
  return operation;
}
