import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { ServerMetrics } from "./metrics.ts";

/**
/** Routes that a machine asks every few seconds: their lines would hide all others. */
const PROBED: ReadonlySet<string> = new Set(["/healthz", "/readyz", "/metrics"]);

/**
 * Writes one log line and one measurement for each request. Neither includes headers or the query string: headers
 * contain tokens, and the query string of a GET contains variables.
 */
export function logRequests(app: FastifyInstance, metrics: ServerMetrics): void {
  app.addHook("onRequest", (request, reply, done) => {
    void reply.header("x-request-id", request.id);
    done();
  });
  app.addHook("onResponse", (request, reply, done) => {
    const entry = entryOf(request, reply);
    if (!request.isStream) metrics.observeRequest(entry);
    request.log[PROBED.has(entry.route) ? "debug" : "info"](entry, "request");
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
