import type { ApolloServer } from "@apollo/server";
import { fastifyApolloHandler } from "@as-integrations/fastify";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Context } from "../../resolvers/context.ts";
import type { Principal } from "../../resolvers/principal.ts";
import { ServiceError } from "../domain/error.ts";
import { requestIds } from "./apollo.ts";
import { type IdentifyCaller, requireOwnHost } from "./caller.ts";
import type { Graph } from "./graph.ts";
import { sendGraphiql, wantsPage } from "./graphiql.ts";
import { requireShallow } from "./nesting.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Null until the caller is known, and on routes that are open to all. */
    principal: Principal | null;
  }
}

export interface GraphqlRouteOptions {
  readonly graph: Graph;
  readonly apollo: ApolloServer<Context>;
  readonly identify: IdentifyCaller;
  /** True without authentication. */
  readonly loopbackOnly: boolean;
}

/** `/graphql`: operations by POST and GET, and GraphiQL for browsers. The caller is known before the body is read. */
export function registerGraphql(
  app: FastifyInstance,
  { graph, apollo, identify, loopbackOnly }: GraphqlRouteOptions,
): void {
  const handle = fastifyApolloHandler<Context>(apollo, {
    context: (request, reply) =>
      Promise.resolve(
        graph.createContext({
          principal: requirePrincipal(request),
          requestId: request.id,
          signal: signalOf(reply),
        }),
      ),
  });
  app.decorateRequest("principal", null);
  app.route({
    method: ["GET", "POST"],
    url: "/graphql",
    async onRequest(request, reply) {
      requireOwnHost(request, loopbackOnly);
      if (wantsPage(request)) return sendGraphiql(request, reply);
      await identify(request);
      return undefined;
    },
    preHandler(request, _reply, done) {
      const query = queryOf(request);
      if (query !== undefined) requireShallow(query); // Apollo parses by itself, and says nothing of depth
      done();
    },
    handler: (request, reply) => {
      void reply.header("cache-control", "no-store"); // balances are nobody's to keep
      return requestIds.run(request.id, () => handle.call(app, request, reply));
    },
  });
  app.get("/", (_request, reply) => reply.redirect("/graphql"));
}

/** Text of the operation, where the request has one; whatever else it is, Apollo refuses. */
function queryOf({ method, body, query }: FastifyRequest): string | undefined {
  const held: unknown = method === "GET" ? query : body;
  if (typeof held !== "object" || held === null || !("query" in held)) return undefined;
  return typeof held.query === "string" ? held.query : undefined;
}

function requirePrincipal({ principal }: FastifyRequest): Principal {
  if (principal === null) throw new ServiceError("UNAUTHENTICATED", "a token is needed");
  return principal;
}

/** Aborted when the client hangs up before it has its answer. */
function signalOf({ raw }: FastifyReply): AbortSignal {
  const controller = new AbortController();
  raw.once("close", () => {
    if (!raw.writableFinished) controller.abort();
  });
  return controller.signal;
}
