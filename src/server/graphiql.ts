import { renderGraphiQL } from "@graphql-yoga/render-graphiql";
import type { FastifyReply, FastifyRequest } from "fastify";
import { ServiceError } from "../domain/error.ts";

/** Whether a browser asks for a page to look at, not for data. */
export function wantsPage({ method, headers }: FastifyRequest): boolean {
  const accept = headers.accept ?? "";
  return method === "GET" && accept.includes("text/html") && !accept.includes("json");
}

/** Everything is in the page: it may load nothing from anywhere, and talk to its own host only. */
function policyOf(host: string): string {
  return [
    "default-src 'none'",
    "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
    "worker-src blob:",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    `connect-src 'self' ws://${host} wss://${host}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** A host and port, and nothing that could end a script or a policy that it is written into. */
const HOST = /^[A-Za-z0-9.-]+(:\d+)?$|^\[[0-9A-Fa-f:.]+\](:\d+)?$/;

/**
 * Answers with GraphiQL, from this process. Subscriptions go to the WebSocket of the same host.
 * @throws ServiceError INVALID_INPUT for a Host header that is none
 */
export function sendGraphiql(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { host, protocol } = request;
  if (!HOST.test(host)) throw new ServiceError("INVALID_INPUT", "the Host header is not a host");
  // Its declared options lack the endpoint of subscriptions, which its bundle reads and must have as an absolute URL.
  const options = {
    title: "Sluice",
    endpoint: "/graphql",
    subscriptionsProtocol: "WS" as const,
    subscriptionsEndpoint: `${protocol}://${host}/graphql/ws`,
  };
  const page = renderGraphiQL(options);
  return reply
    .header("content-security-policy", policyOf(host))
    .header("x-content-type-options", "nosniff")
    .header("referrer-policy", "no-referrer")
    .type("text/html; charset=utf-8")
    .send(page);
}
