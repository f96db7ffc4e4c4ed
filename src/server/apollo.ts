import { ApolloServer, type ApolloServerPlugin } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
} from "@apollo/server/plugin/disabled";
import { ApolloServerPluginLandingPageDisabled } from "@apollo/server/plugin/disabled";
import { AsyncLocalStorage } from "node:async_hooks";
import type { DocumentNode } from "graphql";
import { GraphQLError } from "graphql";
import type { Context } from "../../resolvers/context.ts";
import { ERROR_CODES, ServiceError } from "../domain/error.ts";
import type { Graph } from "./graph.ts";
import { type OperationGate, PARSE_OPTIONS } from "./prepare-operation.ts";

/** Apollo's formatter is told neither request nor context; errors carry the request's id all the same. */
export const requestIds = new AsyncLocalStorage<string>();

export interface ApolloOptions {
  readonly graph: Graph;
  /** Called when an operation has been answered. */
  readonly onOperation: (operation: { readonly type: string; readonly failed: boolean }) => void;
}

/**
 * Apollo Server over our schema. Its own parse cache is ours, so that a text that came by one transport is known to
 * all; tracing, cache hints and the landing page are off: the first two would run for every field.
 */
export async function startApollo({ graph, onOperation }: ApolloOptions): Promise<ApolloServer<Context>> {
  const server = new ApolloServer<Context>({
    schema: graph.schema,
    documentStore: documentStore(graph.gate),
    parseOptions: PARSE_OPTIONS,
    persistedQueries: false,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    allowBatchedHttpRequests: false,
    csrfPrevention: true,
    stopOnTerminationSignals: false,
    formatError: (_formatted, error) => graph.formatError(error, requestIds.getStore() ?? ""),
    plugins: [
      gatePlugin(graph.gate),
      countPlugin(onOperation),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
    ],
  });
  await server.start();
  return server;
}

function gatePlugin(gate: OperationGate): ApolloServerPlugin<Context> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        didResolveOperation({ document, request, contextValue }) {
          const { principal } = contextValue;
          const operationName = request.operationName ?? undefined;
          const variables = request.variables ?? {};
          try {
            gate.admitOperation({ document, operationName, variables, principal, transport: "http" });
            return Promise.resolve();
          } catch (reason) {
            return Promise.reject(withStatus(reason));
          }
        },
      }),
  };
}

/** The whole operation is refused, so the response says so too. */
function withStatus(reason: unknown): GraphQLError {
  if (reason instanceof GraphQLError) {
    return new GraphQLError(reason.message, { extensions: { ...reason.extensions, http: { status: 400 } } });
  }
  const error = ServiceError.from(reason);
  const http = { status: ERROR_CODES[error.code].http };
  return new GraphQLError(error.publicMessage, { originalError: error, extensions: { http } });
}

function countPlugin(onOperation: ApolloOptions["onOperation"]): ApolloServerPlugin<Context> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        willSendResponse({ operation, errors }) {
          onOperation({ type: operation?.operation ?? "unknown", failed: errors !== undefined && errors.length > 0 });
          return Promise.resolve();
        },
      }),
  };
}

/** Apollo's keys end with the SHA-256 of the text, which is ours. */
function documentStore({ documents }: OperationGate) {
  const keyOf = (key: string) => key.slice(key.lastIndexOf(":") + 1);
  return {
    get: (key: string) => Promise.resolve(documents.get(keyOf(key))),
    set(key: string, document: DocumentNode) {
      documents.set(keyOf(key), document, document.loc?.source.body.length ?? 0);
      return Promise.resolve();
    },
    delete: () => Promise.resolve(),
  };
}
