import type { ApolloServer, HTTPGraphQLResponse } from "@apollo/server";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Context } from "../../resolvers/context.ts";
import { ServiceError } from "../domain/error.ts";
import { acceptsCallback, readCallbackRequest } from "./callback/callback-request.ts";
import type { Callbacks } from "./callback/open-callbacks.ts";
import { acceptedStream } from "./streams/accepted-stream.ts";
import type { Streams } from "./streams/open-streams.ts";
import type { Principal } from "../../resolvers/principal.ts";
import { ownHeader, ROUTER_SECRET_HEADER } from "./auth/create-authenticator.ts";
import { apolloRequests, PREFLIGHT_HEADERS, TRACE_HEADER } from "./apollo.ts";
import { apolloRequestOf, withText } from "./apollo-request.ts";
import type { AllowedPages } from "./http/allowed-pages.ts";
import { callerOf, type IdentifyCaller } from "./http/caller.ts";
import { compressAnswer } from "./compress-answers.ts";
import { answerDirectly, type DirectAnswer, directMediaType, type DirectOptions } from "./direct-answer.ts";
import type { Graph } from "./graph.ts";
import type { IsRouter } from "./http/router-check.ts";
import { type Graphiql } from "./graphiql/graphiql.ts";
import { turnOf } from "../runtime/loop-turns.ts";
import { traced, type TracedWork } from "../runtime/tracing.ts";
import { limitTime } from "./graphql/limit-time.ts";
import { httpFailure } from "./http/http-errors.ts";
import { operationParametersOf, operationRequestOf } from "./http/operation-request.ts";
import { type OperationRequest, unsupportedTransport } from "./graphql/prepare-operation.ts";
import { describeOperation, markRefused, operationSpan } from "./graphql/trace-operation.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Null until the caller is identified, and on public routes. */
    principal: Principal | null;
  }
}

export interface GraphqlRouteOptions {
  readonly graph: Graph;
  readonly apollo: ApolloServer<Context>;
  readonly identify: IdentifyCaller;
  readonly pages: AllowedPages;
  readonly graphiql: Graphiql;
  readonly isRouter: IsRouter;
  readonly streams: Streams;
  /** Undefined: the operator has allowed no origin. */
  readonly callbacks: Callbacks | undefined;
  /** Called when an operation has been completed. */
  readonly onOperation: DirectOptions["onOperation"];
  /** Called when the gate has refused an operation. */
  readonly onRefused: () => void;
}

/**
 * Registers `/graphql`: operations by POST and GET, and GraphiQL for browsers. The caller is identified before the body
 * is read.
 */
export function registerGraphql(
  app: FastifyInstance,
  {
    graph,
    apollo,
    pages,
    identify,
    graphiql,
    isRouter,
    streams,
    callbacks,
    onOperation,
    onRefused,
  }: GraphqlRouteOptions,
): void {
  /** The reply is not touched before the operation has ended: by then its error may have been sent. */
  async function execute(
    received: FastifyRequest,
    signal: AbortSignal,
    span: TracedWork,
  ): Promise<HTTPGraphQLResponse | DirectAnswer> {
    const [principal, requestId] = [callerOf(received), received.id];
    const pieces = graph.openPieces(principal);
    await turnOf(pieces, signal);
    const { request, operation, document } = prepare(received, principal, span);
    if (document !== undefined) describeOperation(span, document, operation?.operationName);
    const create = (): Context =>
      graph.createContext({ principal, requestId, remoteAddress: received.ip, signal, pieces, document });
    const mediaType = document && directMediaType(request, received.headers, TRACE_HEADER);
    if (operation !== undefined && document !== undefined && mediaType !== undefined)
      return await answerDirectly({ graph, onOperation }, { ...operation, document, context: create(), mediaType });
    const context = () => Promise.resolve(create());
    return await apolloRequests.run({ requestId, document }, () =>
      apollo.executeHTTPGraphQLRequest({ httpGraphQLRequest: request, context }),
    );
  }

  /** The document is undefined for a request without an operation; Apollo rejects it. */
  function prepare(received: FastifyRequest, principal: Principal, span: TracedWork) {
    try {
      const { given, parameters, operation } = readParameters(received, principal);
      const request = apolloRequestOf(received, parameters, parameters !== given);
      if (!isRouter(ownHeader(received.headers, ROUTER_SECRET_HEADER))) request.headers.delete(TRACE_HEADER);
      if (pages.isFromAllowedPage(received.headers)) request.headers.set(PREFLIGHT_HEADERS[0], "true");
      return {
        request,
        operation,
        document: operation && graph.admission.prepareOperation(operation, principal, "http"),
      };
    } catch (reason) {
      markRefused(span, reason);
      onRefused();
      throw reason;
    }
  }

  /** Reads the parameters of a request, those with the text of its document, and the operation, if it is one. */
  function readParameters(received: FastifyRequest, { tenantId }: Principal) {
    const given = operationParametersOf(received);
    const parameters = withText(given, graph.resolveDocument(given, tenantId));
    return { given, parameters, operation: operationRequestOf(parameters) };
  }

  /** Returns the operation of a request, with the text of its document. @throws ServiceError | GraphQLError BAD_REQUEST */
  function readOperation(received: FastifyRequest): OperationRequest {
    const { operation } = readParameters(received, callerOf(received));
    if (operation === undefined)
      throw httpFailure("BAD_REQUEST", "the request must have a query, or name its document");
    return operation;
  }

  /** Answers with a stream, where the client asks for one; returns false where it does not. */
  function answeredWithStream(request: FastifyRequest, reply: FastifyReply): boolean {
    const accepted = request.method === "HEAD" ? undefined : acceptedStream(request.headers.accept);
    return accepted !== undefined && streams.serve({ request, reply, accepted, read: () => readOperation(request) });
  }

  /** Begins to send events to a gateway, where it asks for that; returns false where it does not. */
  async function answeredByCallback(request: FastifyRequest, reply: FastifyReply): Promise<boolean> {
    const { id: requestId, method, headers, body } = request;
    if (callbacks === undefined || method !== "POST" || !acceptsCallback(headers.accept)) return false;
    const callback = readCallbackRequest(body);
    if (callback === undefined) return false;
    const input = { principal: callerOf(request), requestId, callback, traceparent: headers["traceparent"] };
    return await callbacks.subscribe({ ...input, read: () => readOperation(request) }, signalOf(reply));
  }

  app.decorateRequest("principal", null);
  app.decorateRequest("isStream", false);
  app.route({
    method: ["GET", "POST"],
    url: "/graphql",
    async onRequest(request, reply) {
      if (acceptsHtml(request)) return graphiql.sendPage(request, reply);
      await identify(request);
      return undefined;
    },
    onSend: compressAnswer,
    async handler(request, reply) {
      if (answeredWithStream(request, reply)) return reply;
      if (await answeredByCallback(request, reply))
        return reply
          .headers({ "subscription-protocol": "callback/1.0", "cache-control": "no-store" })
          .send({ data: null });
      countUntilClosed(reply, graph.beginOperation(callerOf(request)));
      void reply.header("cache-control", "no-store"); // balances must not be cached by anyone
      const limit = { timeoutMs: graph.operationTimeoutMs, signal: signalOf(reply) };
      const { id: requestId, headers } = request;
      const response = await traced(
        () => operationSpan({ requestId, transport: "http", traceparent: headers["traceparent"] }),
        (span) => limitTime(limit, (signal) => execute(request, signal, span)),
      );
      return sendResponse(reply, response);
    },
  });
  app.put("/graphql", { onRequest: async (request) => void (await identify(request)) }, () => {
    throw unsupportedTransport("a single connection of server-sent events"); // its reservation of graphql-sse
  });
}

/** Returns true if a browser requests an HTML page, not data. */
function acceptsHtml({ method, headers }: FastifyRequest): boolean {
  const accept = headers.accept ?? "";
  return method === "GET" && accept.includes("text/html") && !accept.includes("json");
}

function sendAnswer(reply: FastifyReply, { status, headers, text }: DirectAnswer): FastifyReply {
  return reply.code(status).headers(headers).send(text);
}

function sendResponse(reply: FastifyReply, response: HTTPGraphQLResponse | DirectAnswer): FastifyReply {
  if ("text" in response) return sendAnswer(reply, response);
  const { status = 200, headers, body } = response;
  // Only an operation with @defer or @stream, which the schema does not have, has a response in parts.
  if (body.kind !== "complete") throw new ServiceError("INTERNAL", "internal error", { detail: "a response in parts" });
  for (const [name, value] of headers) void reply.header(name, value);
  return reply.code(status).send(body.string);
}

/** Ends the operation when its response is sent, or when its client has disconnected. */
function countUntilClosed({ raw }: FastifyReply, end: () => void): void {
  if (raw.destroyed) end();
  else raw.once("close", end);
}

/** Returns a signal that is aborted when the client disconnects before it has received the response. */
function signalOf({ raw }: FastifyReply): AbortSignal {
  const controller = new AbortController();
  raw.once("close", () => {
    if (!raw.writableFinished) controller.abort(new ServiceError("CANCELED", "the client disconnected"));
  });
  return controller.signal;
}
