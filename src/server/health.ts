import type { FastifyInstance } from "fastify";
import { setTimeout as sleep } from "node:timers/promises";
import { ServiceError } from "../domain/error.ts";
import type { Database } from "../store/database.ts";

export interface HealthOptions {
  readonly database: Database;
  /** False from the moment that the server begins to close. */
  readonly isOpen: () => boolean;
  /** Longest wait for the store. Default 2,000: probes give up after a few seconds. */
  readonly storeTimeoutMs?: number;
}

/**
 * `/healthz`: the process answers. `/readyz`: it can serve too, which needs a migrated store that answers; it cannot
 * be asked before the server listens.
 */
export function registerHealth(app: FastifyInstance, options: HealthOptions): void {
  const { database, isOpen, storeTimeoutMs = 2_000 } = options;
  let running: Promise<void> | undefined;
  /** One statement for all probes that come while it runs. */
  const askStore = (): Promise<void> =>
    (running ??= ask(database, storeTimeoutMs).finally(() => (running = undefined)));

  app.get("/healthz", () => ({ status: "ok" }));
  app.get("/readyz", async (_request, reply) => {
    if (!isOpen()) return reply.code(503).send({ status: "closing" });
    try {
      await askStore();
      return { status: "ready" };
    } catch (reason) {
      return reply.code(503).send({ status: "not ready", reason: ServiceError.from(reason).publicMessage });
    }
  });
}

/** @throws ServiceError STORE_UNAVAILABLE, also when the key that the last step of migration makes is not there */
async function ask(database: Database, timeoutMs: number): Promise<void> {
  const timer = new AbortController();
  const late = sleep(timeoutMs, undefined, { signal: timer.signal }).then(() => {
    throw new ServiceError("STORE_UNAVAILABLE", "the database does not answer");
  });
  const answer = database.query<{ name: string }>("select name from instance_keys where name = 'cursor'");
  try {
    const rows = await Promise.race([answer, late]);
    if (rows.length === 0) throw new ServiceError("STORE_UNAVAILABLE", "the database is not migrated");
  } finally {
    timer.abort();
    late.catch(() => undefined); // aborted: nobody waits for it any more
    answer.catch(() => undefined); // came too late: the next probe asks again
  }
}
