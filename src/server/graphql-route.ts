import type { ApolloServer, HTTPGraphQLResponse } from "@apollo/server";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Context } from "../../resolvers/context.ts";
import { ServiceError } from "../domain/error.ts";
import type { Principal } from "../../resolvers/principal.ts";
import { apolloRequests, TRACE_HEADER } from "./apollo.ts";
import { apolloRequestOf } from "./apollo-request.ts";
import { callerOf, type IdentifyCaller } from "./http/caller.ts";
import { compressAnswer } from "./compress-answers.ts";
import { answerDirectly, type DirectAnswer, directMediaType, type DirectOptions } from "./direct-answer.ts";
import type { Graph } from "./graph.ts";
import { type Graphiql } from "./graphiql/graphiql.ts";
import { turnOf } from "../runtime/loop-turns.ts";
import { limitTime } from "./graphql/limit-time.ts";
import { operationRequestOf } from "./http/operation-request.ts";

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
  readonly graphiql: Graphiql;
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
  { graph, apollo, identify, graphiql, onOperation, onRefused }: GraphqlRouteOptions,
): void {
  /** The reply is not touched before the operation has ended: by then its error may have been sent. */
  async function execute(received: FastifyRequest, signal: AbortSignal): Promise<HTTPGraphQLResponse | DirectAnswer> {
    const [principal, requestId] = [callerOf(received), received.id];
    const pieces = graph.openPieces(principal);
    await turnOf(pieces, signal);
    const { request, operation, document } = prepare(received, principal);
    const create = (): Context => graph.createContext({ principal, requestId, signal, pieces, document });
    const mediaType = document && directMediaType(request, received.headers, TRACE_HEADER);
    if (operation !== undefined && document !== undefined && mediaType !== undefined)
      return await answerDirectly({ graph, onOperation }, { ...operation, document, context: create(), mediaType });
    const context = () => Promise.resolve(create());
    return await apolloRequests.run({ requestId, document }, () =>
      apollo.executeHTTPGraphQLRequest({ httpGraphQLRequest: request, context }),
    );
  }

  /** The document is undefined for a request without an operation; Apollo rejects it. */
  function prepare(received: FastifyRequest, principal: Principal) {
    try {
      const request = apolloRequestOf(received, graph.resolveDocument, principal.tenantId);
      const operation = operationRequestOf(request);
      return {
        request,
        operation,
        document: operation && graph.admission.prepareOperation(operation, principal, "http"),
      };
    } catch (reason) {
      onRefused();
      throw reason;
    }
  }

  app.decorateRequest("principal", null);
  app.route({
    method: ["GET", "POST"],
    url: "/graphql",
    async onRequest(request, reply) {
      if (acceptsHtml(request)) return graphiql.sendPage(request, reply);
      await identify(request);
      return undefined;
    },
    onSend: compressAnswer,
    preHandler(request, reply, done) {
      countUntilClosed(reply, graph.beginOperation(callerOf(request)));
      done();
    },
    async handler(request, reply) {
      void reply.header("cache-control", "no-store"); // balances must not be cached by anyone
      const limit = { timeoutMs: graph.operationTimeoutMs, signal: signalOf(reply) };
      return sendResponse(reply, await limitTime(limit, (signal) => execute(request, signal)));
    },
  });
  app.get("/", (_request, reply) => reply.redirect("/graphql"));
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
