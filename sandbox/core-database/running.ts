import { join } from "node:path";
import { mixedToken } from "../shared/random.ts";
import type { RunningSandbox, SandboxOptions } from "../shared/sandbox.ts";
import { openFront } from "./front.ts";
import { DATABASE, type DatabaseServer, prepareDatabase, READER } from "./prepare-database.ts";
import { SOURCE_TABLES } from "./source-tables.ts";
import { createActivity } from "./world/activity.ts";
import { bookMovements } from "./world/movements.ts";
import { seedWorld } from "./world/seed.ts";

export interface CoreDatabaseOptions extends Omit<SandboxOptions, "statePath"> {
  readonly server: DatabaseServer;
}

/** The core database of a company: its books, in a real PostgreSQL. */
export interface RunningCoreDatabase extends RunningSandbox {
  /**
   * Books what the bank has booked on the company's accounts.
   * @param answer `movements` of the bank's control API
   */
  bookMovements(answer: unknown): Promise<void>;
}

/** A company that also takes payments by processors has fewer of its own. */
const SHARE_OF_PAYMENTS = 4;

/**
 * Starts the database of a company, which is kept in the given server, and opens a port for its reader. The clock may
 * differ from the server's: no time is taken from there.
 */
export async function startCoreDatabase(options: CoreDatabaseOptions): Promise<RunningCoreDatabase> {
  const { server, port, seed, nowMs = Date.now, activityMs = 0, company } = options;
  const db = await prepareDatabase(server);
  try {
    const payments = Math.ceil(options.payments / SHARE_OF_PAYMENTS);
    await seedWorld(db, { seed, payments, nowMs: nowMs(), ...(company !== undefined && { company }) });
    const login = { database: DATABASE, user: READER, password: `core_${mixedToken(seed, 4)}` };
    const front = await openFront({ port, socketPath: join(server.host, `.s.PGSQL.${server.port}`), ...login });
    const activity = createActivity({ db, seed, nowMs, meanMs: activityMs });
    return {
      url: `postgres://127.0.0.1:${front.port}`,
      sourceConfig: { host: "127.0.0.1", port: front.port, ...login, tls: false, tables: SOURCE_TABLES },
      bookMovements: (answer) => bookMovements(db, answer, nowMs()),
      async close() {
        await activity.stop();
        await front.close();
        await db.end();
      },
    };
  } catch (reason) {
    await db.end();
    throw reason;
  }
}
