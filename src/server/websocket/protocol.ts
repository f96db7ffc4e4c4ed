import { execute, type ExecutionArgs, GraphQLError, type GraphQLFormattedError } from "graphql";
import { makeServer, type Server, type SubscribePayload } from "graphql-ws";
import type { IncomingHttpHeaders } from "node:http";
import type { Principal } from "../../../resolvers/principal.ts";
import { ServiceError } from "../../domain/error.ts";
import { extractAuth } from "./extract-auth.ts";
import type { SocketGraph } from "./graph.ts";
import { type Operation, startOperation } from "./operation.ts";
import { subscribePerEvent } from "./subscribe-per-event.ts";

/** What is known of a socket beside what graphql-ws keeps. */
export interface SocketState {
  /** Of the upgrade request. */
  readonly headers: IncomingHttpHeaders;
  readonly operations: Set<Operation>;
  /** Undefined until `connection_init` was accepted. */
  principal: Principal | undefined;
  /** Called when it was. */
  readonly onAuthenticated: (principal: Principal) => void;
}

export interface ProtocolOptions {
  readonly graph: SocketGraph;
  /** From the socket's opening to `connection_init`. */
  readonly initTimeoutMs: number;
  /** Operations of one socket at a time. */
  readonly maxOperations: number;
}

/** The machine of graphql-transport-ws, with our gate, a context per event, and our errors. */
export function createProtocol({ graph, initTimeoutMs, maxOperations }: ProtocolOptions): Server<SocketState> {
  /** By what graphql-ws hands to its hooks: the payload of `subscribe`, or the arguments made from it. */
  const operations = new WeakMap<object, Operation>();

  function begin(state: SocketState, payload: SubscribePayload): ExecutionArgs {
    if (state.principal === undefined) throw new ServiceError("UNAUTHENTICATED", "connection_init comes first");
    const operation = startOperation(graph, state.principal, state.operations);
    operations.set(payload, operation);
    const { query, operationName, variables } = payload;
    const request = { query, operationName: operationName ?? undefined, variables: variables ?? {} };
    const document = graph.gate.prepareOperation(request, state.principal, "websocket");
    const args = {
      schema: graph.schema,
      document,
      operationName: operationName ?? null,
      variableValues: request.variables,
    };
    operations.set(args, operation);
    return args;
  }

  function format(errors: readonly GraphQLError[], payload: SubscribePayload): readonly GraphQLFormattedError[] {
    const requestId = operations.get(payload)?.requestId ?? "";
    return errors.map((error) => graph.formatError(error, requestId));
  }

  return makeServer<Record<string, unknown>, SocketState>({
    connectionInitWaitTimeout: initTimeoutMs,
    async onConnect({ connectionParams, extra }) {
      const { headers } = extra;
      const principal = await graph.authenticate({ authorization: extractAuth(connectionParams, headers), headers });
      extra.principal = principal;
      extra.onAuthenticated(principal);
    },
    onSubscribe({ extra, subscriptions }, _id, payload) {
      try {
        if (Object.keys(subscriptions).length > maxOperations) throw tooManyOperations(maxOperations);
        return begin(extra, payload);
      } catch (reason) {
        return [graphqlErrorOf(reason)];
      }
    },
    async execute(args) {
      const operation = requireOperation(operations, args);
      try {
        return await execute({ ...args, contextValue: operation.createContext() });
      } finally {
        operation.end();
      }
    },
    subscribe(args) {
      const { createContext, end: onEnd } = requireOperation(operations, args);
      return subscribePerEvent({ operation: args, createContext, onEnd });
    },
    onNext(_context, _id, payload, _args, result) {
      const { data, errors, extensions } = result;
      if (errors === undefined) return undefined;
      const rest = { ...(data === undefined ? {} : { data }), ...(extensions === undefined ? {} : { extensions }) };
      return { ...rest, errors: format(errors, payload) };
    },
    onError(_context, _id, payload, errors) {
      operations.get(payload)?.end(); // an error is the last message of its operation
      return format(errors, payload);
    },
    onClose({ extra }) {
      for (const operation of extra.operations) operation.end();
    },
  });
}

function requireOperation(operations: WeakMap<object, Operation>, args: ExecutionArgs): Operation {
  const operation = operations.get(args);
  if (operation === undefined) throw new ServiceError("INTERNAL", "internal error", { detail: "operation not begun" });
  return operation;
}

function tooManyOperations(max: number): ServiceError {
  return new ServiceError("OVERLOADED", `a socket may run ${max} operations at a time`, { retryAfterMs: 1_000 });
}

function graphqlErrorOf(reason: unknown): GraphQLError {
  if (reason instanceof GraphQLError) return reason;
  const error = ServiceError.from(reason);
  return new GraphQLError(error.publicMessage, { originalError: error });
}
