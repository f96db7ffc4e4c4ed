import { type ExecutionArgs, type GraphQLError, type GraphQLFormattedError } from "graphql";
import { makeServer, type Server, type SubscribePayload } from "graphql-ws";
import { randomUUID } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { Principal } from "../../../resolvers/principal.ts";
import { ServiceError } from "../../domain/error.ts";
import { errorsOf } from "../graphql/invalid-document.ts";
import type { SendingState } from "./graph-socket.ts";
import { extractAuth } from "./extract-auth.ts";
import type { TransportGraph } from "../subscriptions/transport-graph.ts";
import { takeRequest } from "./message.ts";
import { admitOperation } from "../subscriptions/admit-operation.ts";
import { executeOnce } from "../subscriptions/execute-once.ts";
import { type Operation, startOperation } from "../subscriptions/operation.ts";
import type { Quota } from "../subscriptions/quota.ts";
import { type SendFrames, sendResults } from "./send-results.ts";
import { subscribePerEvent } from "../subscriptions/subscribe-per-event.ts";

/** State of a socket in addition to that of graphql-ws. */
export interface SocketState extends SendingState {
  /** Headers of the upgrade request; empty once they are no longer needed. */
  headers: IncomingHttpHeaders;
  readonly operations: Set<Operation>;
  /** Header of the upgrade request, whose trace all operations of the socket continue. */
  readonly traceparent: string | undefined;
  /** Undefined until `connection_init` is accepted. */
  principal: Principal | undefined;
  /** Called when `connection_init` is accepted. @throws ServiceError OVERLOADED */
  readonly onAuthenticated: (principal: Principal) => void;
}

/** A running operation, and where its results are sent. */
interface SocketOperation {
  readonly operation: Operation;
  readonly principal: Principal;
  /** Given by the client. */
  readonly id: string;
  readonly send: SendFrames;
}

const NO_HEADERS: IncomingHttpHeaders = {};

export interface ProtocolOptions {
  readonly graph: TransportGraph;
  /** Time from the socket's opening to `connection_init`. */
  readonly initTimeoutMs: number;
  /** Maximum number of concurrent operations of one socket. */
  readonly maxOperations: number;
  readonly quota: Quota;
}

/** Creates the state machine of graphql-transport-ws, with our gate, a context per event, and our errors. */
export function createProtocol({ graph, initTimeoutMs, maxOperations, quota }: ProtocolOptions): Server<SocketState> {
  /**
   * Keyed by the objects that graphql-ws passes to its hooks: the payload of `subscribe`, or the arguments made from
   * it.
   */
  const operations = new WeakMap<object, SocketOperation>();

  function begin(state: SocketState, id: string, payload: SubscribePayload): ExecutionArgs {
    const { principal, operations: running } = state;
    const request = takeRequest(payload);
    if (principal === undefined) throw new ServiceError("UNAUTHENTICATED", "connection_init must be the first message");
    const { traceparent } = state;
    const operation = startOperation({ graph, principal, running, quota, transport: "websocket", traceparent });
    const begun = { operation, principal, id, send: state.send };
    operations.set(payload, begun);
    const { operationName, variables } = request;
    const query = graph.resolveDocument(request, principal.tenantId) ?? "";
    const read = { query, operationName, variables };
    const args = admitOperation({ graph, principal, operation, request: read, transport: "websocket", kept: id });
    operations.set(args, begun);
    return args;
  }

  function format(errors: readonly GraphQLError[], payload: SubscribePayload): readonly GraphQLFormattedError[] {
    // an operation that was refused before it began has none
    const requestId = operations.get(payload)?.operation.requestId ?? randomUUID();
    return errors.map((error) => graph.formatError(error, requestId));
  }

  return makeServer<Record<string, unknown>, SocketState>({
    connectionInitWaitTimeout: initTimeoutMs,
    async onConnect(context) {
      const { extra } = context;
      const { headers } = extra;
      const credentials = extractAuth(context.connectionParams, headers);
      Object.assign(context, { connectionParams: undefined }); // it would be in memory as long as the socket is open
      const principal = await graph.authenticate({ ...credentials, headers });
      extra.onAuthenticated(principal);
      extra.principal = principal;
      extra.headers = NO_HEADERS;
    },
    onSubscribe({ extra, subscriptions }, id, payload) {
      try {
        if (Object.keys(subscriptions).length > maxOperations) throw tooManyOperations(maxOperations);
        return begin(extra, id, payload);
      } catch (reason) {
        return errorsOf(reason);
      }
    },
    execute: (args) => executeOnce(args, requireOperation(operations, args).operation),
    async subscribe(args) {
      const { operation, principal, id, send } = requireOperation(operations, args);
      const { createContext, uncount, end: onEnd, trace, traceparent } = operation;
      uncount(); // sockets have limits of their own for operations that last
      const { eventExecutions: executions, access } = graph;
      const subscription = { executions, access, principal, operation: args, createContext, onEnd };
      const results = await trace(args, () => subscribePerEvent({ ...subscription, traceparent: traceparent() }));
      return "next" in results ? sendResults({ id, results, send }) : results;
    },
    onNext(_context, _id, payload, _args, result) {
      const { data, errors, extensions } = result;
      if (errors === undefined) return undefined;
      const rest = { ...(data === undefined ? {} : { data }), ...(extensions === undefined ? {} : { extensions }) };
      return { ...rest, errors: format(errors, payload) };
    },
    onError(_context, _id, payload, errors) {
      operations.get(payload)?.operation.end(); // an error is the last message of its operation
      return format(errors, payload);
    },
    onClose({ extra }) {
      for (const operation of extra.operations) operation.end();
    },
  });
}

function requireOperation(operations: WeakMap<object, SocketOperation>, args: ExecutionArgs): SocketOperation {
  const operation = operations.get(args);
  if (operation === undefined)
    throw new ServiceError("INTERNAL", "internal error", { detail: "the operation was not started" });
  return operation;
}

function tooManyOperations(max: number): ServiceError {
  return new ServiceError("OVERLOADED", `a socket may run ${max} operations at a time`, { retryAfterMs: 1_000 });
}
