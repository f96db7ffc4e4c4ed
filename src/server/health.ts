import type { FastifyInstance } from "fastify";
import { ServiceError } from "../domain/error.ts";
import { withTimeout } from "../runtime/with-timeout.ts";

export interface HealthOptions {
  /**
   * Resolves if a webhook could be stored now. It must not need a connection that other work may hold.
   * @throws ServiceError
   */
  readonly checkCommit: () => Promise<void>;
  /** False from the moment the server begins to close. */
  readonly isOpen: () => boolean;
  /** Longest wait for the check in milliseconds. Default 2,000: probes give up after a few seconds. */
  readonly timeoutMs?: number;
}

/**
 * Registers `/healthz`: the process responds; and `/readyz`: it serves, which includes that it can store webhooks. However
 * busy it is with reads, it is ready.
 */
export function registerHealth(app: FastifyInstance, options: HealthOptions): void {
  const { isOpen, timeoutMs = 2_000 } = options;
  let running: Promise<void> | undefined;
  /** One check for all probes that arrive while it runs. */
  const check = (): Promise<void> =>
    (running ??= withTimeout(timeoutMs, options.checkCommit(), () => {
      throw new ServiceError("STORE_UNAVAILABLE", "the database does not answer");
    }).finally(() => (running = undefined)));

  app.get("/healthz", () => ({ status: "ok" }));
  app.get("/readyz", async (_request, reply) => {
    if (!isOpen()) return reply.code(503).send({ status: "closing" });
    try {
      await check();
      return { status: "ready" };
    } catch (reason) {
      return reply.code(503).send({ status: "not ready", reason: ServiceError.from(reason).publicMessage });
    }
  });
}
