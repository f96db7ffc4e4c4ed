import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from "fastify";
import { createHash, timingSafeEqual } from "node:crypto";
import type { Registry } from "prom-client";
import { ServiceError } from "../domain/error.ts";
import type { FormatError } from "./graphql/format-error.ts";
import { answerClientError, answerErrors, sendError } from "./http/http-errors.ts";
import { requireOwnHost } from "./http/own-host.ts";
import { requestIdOf } from "./http/request-id.ts";
import { ownHeader } from "./auth/create-authenticator.ts";
import { isLoopbackAddress } from "./auth/loopback.ts";
import { urlOf } from "./url-of.ts";

/** Settings for who can read the metrics. */
export interface MetricsSettings {
  /** Port of their own, at the same host; 0 selects a free one. Undefined: the main port. */
  readonly port: number | undefined;
  /** Token that a scraper must send; undefined needs none. */
  readonly token: string | undefined;
}

export interface ServeMetricsOptions {
  readonly settings: MetricsSettings;
  readonly host: string;
  /** True without authentication: the metrics are open, to requests whose Host header names this machine. */
  readonly loopbackOnly: boolean;
  readonly registry: Registry;
  readonly log: FastifyBaseLogger;
  readonly formatError: FormatError;
}

/** `/metrics` at its place. */
export interface ServedMetrics {
  /** Starts listening, if the metrics have a port of their own. @throws a listen error from Node */
  listen(): Promise<void>;
  /** Address of the metrics at their own port; undefined when they have none. */
  url(): string | undefined;
  close(): Promise<void>;
}

const METRICS_PATH = "/metrics";
const CLOSE_ON_MAIN_PORT: ServedMetrics = { listen: async () => {}, url: () => undefined, close: async () => {} };

const NOT_SERVED = "/metrics is not served with authentication until METRICS_TOKEN, METRICS_PORT, or both are set";

/**
 * Registers `/metrics` on the main port, or on a port of its own. With authentication, the main port serves it only to
 * those who send the token: it names the sources of all tenants, and callers reach that port, if only through a proxy.
 */
export function serveMetrics(app: FastifyInstance, options: ServeMetricsOptions): ServedMetrics {
  const { settings, loopbackOnly, log } = options;
  if (settings.port !== undefined) return onOwnPort(settings.port, options);
  if (settings.token !== undefined || loopbackOnly) registerMetrics(app, options);
  else {
    log.warn(NOT_SERVED);
    app.get(METRICS_PATH, () => Promise.reject(new ServiceError("FORBIDDEN", NOT_SERVED)));
  }
  return CLOSE_ON_MAIN_PORT;
}

function onOwnPort(port: number, options: ServeMetricsOptions): ServedMetrics {
  const { settings, host, loopbackOnly, log, formatError } = options;
  const app = Fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: true,
    genReqId: requestIdOf,
    http: { requireHostHeader: false }, // as on the main port
    frameworkErrors: (error, request, reply) => void sendError(error, request, reply, formatError),
    clientErrorHandler: (error, socket) => answerClientError(error, socket, formatError),
  });
  if (loopbackOnly) requireOwnHost(app, undefined);
  answerErrors(app, formatError);
  registerMetrics(app, options);
  return {
    async listen() {
      await app.listen({ host, port, listenTextResolver: () => "metrics" });
      if (settings.token === undefined && !isLoopbackAddress(host))
        log.warn(
          { url: urlOf(host, app) },
          "anyone who reaches this port can read /metrics: set METRICS_TOKEN, or keep it closed",
        );
    },
    url: () => urlOf(host, app),
    close: () => app.close(),
  };
}

function registerMetrics(app: FastifyInstance, { settings, registry }: ServeMetricsOptions): void {
  const expected = settings.token === undefined ? undefined : digestOf(`Bearer ${settings.token}`);
  app.get(METRICS_PATH, async ({ headers }, reply) => {
    if (expected !== undefined && !timingSafeEqual(digestOf(ownHeader(headers, "authorization") ?? ""), expected)) {
      throw new ServiceError("UNAUTHENTICATED", "the metrics token is needed: Authorization: Bearer <METRICS_TOKEN>");
    }
    return reply.type(registry.contentType).send(await registry.metrics());
  });
}

/** Digests have one length, which a comparison in constant time needs. */
function digestOf(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
