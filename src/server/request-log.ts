import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { ServerMetrics } from "./metrics.ts";

/** Routes that a machine asks every few seconds: their lines would hide all others. */
const PROBED: ReadonlySet<string> = new Set(["/healthz", "/readyz", "/metrics"]);

/**
 * Writes one log line and one measurement for each request. A line has `aborted` when the client left before the end of
 * the response, as those of streams do. Neither includes headers or the query string: headers
 * contain tokens, and the query string of a GET contains variables.
 */
export function logRequests(app: FastifyInstance, metrics: ServerMetrics): void {
  function report(request: FastifyRequest, reply: FastifyReply): void {
    const isAborted = !reply.raw.writableFinished;
    const entry = { ...entryOf(request, reply), ...(isAborted && { aborted: true }) };
    if (!request.isStream && !isAborted) metrics.observeRequest(entry);
    request.log[PROBED.has(entry.route) ? "debug" : "info"](entry, "request");
  }
  app.addHook("onRequest", (request, reply, done) => {
    void reply.header("x-request-id", request.id);
    // Fastify's `onResponse` does not run for a response that was aborted.
    reply.raw.once("close", () => report(request, reply));
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
