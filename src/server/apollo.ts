import { ApolloServer, type ApolloServerPlugin } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
} from "@apollo/server/plugin/disabled";
import { ApolloServerPluginLandingPageDisabled } from "@apollo/server/plugin/disabled";
import { ApolloServerPluginInlineTrace } from "@apollo/server/plugin/inlineTrace";
import { AsyncLocalStorage } from "node:async_hooks";
import { type DocumentNode, execute as executeTraced } from "graphql";
import type { Context } from "../../resolvers/context.ts";
import { ERROR_CODES, ServiceError } from "../domain/error.ts";
import type { Graph } from "./graph.ts";
import { overloadOf } from "./graphql/overload-of.ts";
import { retryHeaders } from "./http/http-errors.ts";

/** One request, as Apollo's hooks need it that receive neither the request nor its context. */
export interface ApolloRequest {
  /** Part of every error. */
  readonly requestId: string;
  /** What the gate admitted; undefined for a request that Apollo is to reject because it is not GraphQL over HTTP. */
  readonly document: DocumentNode | undefined;
}

/** The request that is executed. */
export const apolloRequests = new AsyncLocalStorage<ApolloRequest>();

export interface ApolloOptions {
  readonly graph: Graph;
  /** Whether a request that asks for a trace gets it; the route removes the header of callers who must not. */
  readonly traces: boolean;
  /** Called when an operation has been completed. */
  readonly onOperation: (operation: { readonly type: string; readonly failed: boolean }) => void;
}

/**
 * Starts Apollo Server with our schema, for the protocol and the execution: it takes every document from our gate, and
 * neither parses nor validates a text itself. Cache hints and the landing page are off, and so is tracing unless
 * gateways may ask for it: it instruments every field.
 */
export async function startApollo({ graph, traces, onOperation }: ApolloOptions): Promise<ApolloServer<Context>> {
  const server = new ApolloServer<Context>({
    gateway: plannedExecution(graph),
    documentStore: ADMITTED_DOCUMENTS,
    persistedQueries: false, // they are texts already, as for every transport: see `documents/`
    introspection: true, // the gate decides
    includeStacktraceInErrorResponses: false,
    allowBatchedHttpRequests: false,
    csrfPrevention: { requestHeaders: [...PREFLIGHT_HEADERS] },
    stopOnTerminationSignals: false,
    formatError: (_formatted, error) => graph.formatError(error, apolloRequests.getStore()?.requestId ?? ""),
    plugins: [
      NEVER_PARSE,
      overloadPlugin(),
      countPlugin(onOperation),
      traces ? ApolloServerPluginInlineTrace() : ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
    ],
  });
  await server.start();
  return server;
}

/**
 * A gateway asks with it for a trace, which names every field and how long it took: Apollo measures that in graphql-js's
 * execution alone.
 */
export const TRACE_HEADER = "apollo-federation-include-trace";

/** Headers that a page of another site cannot send without permission: a request with one of them is not forged. */
export const PREFLIGHT_HEADERS = [
  "apollo-require-preflight",
  "graphql-require-preflight",
  "x-apollo-operation-name",
] as const;

type Gateway = NonNullable<ConstructorParameters<typeof ApolloServer<Context>>[0]["gateway"]>;

/** Apollo takes an executor from a gateway alone: ours executes our own schema. */
function plannedExecution({ schema, execute }: Graph): Gateway {
  return {
    onSchemaLoadOrUpdate(callback) {
      callback({ apiSchema: schema, coreSupergraphSdl: "" });
      return () => undefined;
    },
    load: () =>
      Promise.resolve({
        // It executes at once, so that it is part of the operation's first turn on the event loop.
        executor: async ({ document, request: { operationName, variables, http }, context: contextValue }) => {
          const args = { schema, document, operationName, variableValues: variables, contextValue };
          const isTraced = http?.headers.has(TRACE_HEADER) === true;
          return await (isTraced ? executeTraced(args) : execute(args));
        },
      }),
    stop: () => Promise.resolve(),
  };
}

/** Apollo parses and validates only what its store does not have: a text that did not pass our gate. */
const NEVER_PARSE: ApolloServerPlugin<Context> = {
  requestDidStart: () =>
    Promise.resolve({
      parsingDidStart() {
        throw new ServiceError("INTERNAL", "internal error", { detail: "a text that the gate did not admit" });
      },
    }),
};

/** The document of the request, whatever the key. */
const ADMITTED_DOCUMENTS = {
  get: () => Promise.resolve(apolloRequests.getStore()?.document),
  set: () => Promise.resolve(),
  delete: () => Promise.resolve(),
};

/** See `overloadOf`. */
function overloadPlugin(): ApolloServerPlugin<Context> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        willSendResponse({ response, errors = [] }) {
          const { body, http } = response;
          const error = body.kind === "single" ? overloadOf(body.singleResult.data, errors) : undefined;
          if (error === undefined) return Promise.resolve();
          http.status = ERROR_CODES[error.code].http;
          for (const [name, value] of Object.entries(retryHeaders(error))) http.headers.set(name, value);
          return Promise.resolve();
        },
      }),
  };
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
