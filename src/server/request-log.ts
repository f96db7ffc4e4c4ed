import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { ServerMetrics } from "./metrics.ts";

/** A caller's own id of a request is taken over, so that its log and ours can be joined; anything odd is not. */
const REQUEST_ID = /^[A-Za-z0-9._-]{1,64}$/;

/** The id of a request: the caller's `x-request-id`, else a new one. */
export function requestIdOf({ headers }: Pick<IncomingMessage, "headers">): string {
  const given = headers["x-request-id"];
  return typeof given === "string" && REQUEST_ID.test(given) ? given : randomUUID();
}

/**
 * One log line and one measurement for each request. Neither headers nor the query string are in it: tokens are in the
 * one, and variables of a GET in the other.
 */
export function logRequests(app: FastifyInstance, metrics: ServerMetrics): void {
  app.addHook("onRequest", (request, reply, done) => {
    void reply.header("x-request-id", request.id);
    done();
  });
  app.addHook("onResponse", (request, reply, done) => {
    const entry = entryOf(request, reply);
    metrics.observeRequest(entry);
    request.log.info(entry, "request");
    done();
  });
}

function entryOf(request: FastifyRequest, reply: FastifyReply) {
  return {
    method: request.method,
    route: request.routeOptions.url ?? "none",
    status: reply.statusCode,
    durationMs: Math.round(reply.elapsedTime * 100) / 100,
    ...(request.principal !== null && { tenant: request.principal.tenantId, subject: request.principal.subject }),
  };
}
