import type { FastifyInstance } from "fastify";
import { ServiceError } from "../../domain/error.ts";
import { isLoopbackHost } from "../auth/loopback.ts";

const WEBHOOKS = "/webhooks/";

/**
 * Refuses requests whose Host header does not name this machine, on every path, existing or not. Without
 * authentication, this blocks a web page whose own name points to 127.0.0.1 (DNS rebinding).
 * @param publicUrl URL by which providers reach the service, through a proxy that may keep the header: its host is
 * accepted too, for webhooks only, which prove their sender
 */
export function requireOwnHost(app: FastifyInstance, publicUrl: string | undefined): void {
  const publicHost = publicUrl === undefined ? undefined : new URL(publicUrl).host;
  app.addHook("onRequest", (request, _reply, done) => {
    const { host } = request.headers;
    const isPublic = host !== undefined && host.toLowerCase() === publicHost && request.url.startsWith(WEBHOOKS);
    if (isLoopbackHost(host) || isPublic) done();
    else done(new ServiceError("FORBIDDEN", "without authentication only requests to localhost are answered"));
  });
}
