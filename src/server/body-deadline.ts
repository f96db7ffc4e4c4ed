import type { FastifyInstance } from "fastify";
import type { FormatError } from "./graphql/format-error.ts";
import { errorResponse, httpFailure, writeError } from "./http/http-errors.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** The body may be large: only the server's own limit applies. */
    readonly isUpload?: boolean;
  }
}

/**
 * Disconnects clients that send a body too slowly, except on routes that accept large bodies: Node has one limit for
 * all routes.
 */
export function limitBodyTime(app: FastifyInstance, timeoutMs: number, formatError: FormatError): void {
  app.addHook("onRequest", (request, _reply, done) => {
    const { raw, headers, routeOptions, id } = request;
    const hasBody = headers["content-length"] !== undefined || headers["transfer-encoding"] !== undefined;
    if (hasBody && routeOptions.config.isUpload !== true) {
      const timer = setTimeout(() => {
        if (!raw.complete) writeError(raw.socket, id, errorResponse(httpFailure("REQUEST_TIMEOUT"), id, formatError));
      }, timeoutMs);
      raw.once("end", () => clearTimeout(timer)).once("close", () => clearTimeout(timer));
    }
    done();
  });
}
