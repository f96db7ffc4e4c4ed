import type { FastifyInstance } from "fastify";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Its body may be large: the server's own limit holds for it. */
    readonly isUpload?: boolean;
  }
}

/** Cuts off who sends a body too slowly, except on routes that take large ones: Node knows one limit for all. */
export function limitBodyTime(app: FastifyInstance, timeoutMs: number): void {
  app.addHook("onRequest", (request, _reply, done) => {
    const { raw, headers, routeOptions } = request;
    const hasBody = headers["content-length"] !== undefined || headers["transfer-encoding"] !== undefined;
    if (hasBody && routeOptions.config.isUpload !== true) {
      const timer = setTimeout(() => {
        if (!raw.complete)
          raw.socket.end("HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n", () => raw.destroy());
      }, timeoutMs);
      raw.once("end", () => clearTimeout(timer)).once("close", () => clearTimeout(timer));
    }
    done();
  });
}
