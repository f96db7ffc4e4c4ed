import { createSemaphore, type Semaphore } from "../runtime/semaphore.ts";
import type { ServedTenants } from "../runtime/served-tenants.ts";
import type { Part } from "../runtime/parts.ts";
import type { ConnectionSettings } from "../store/connection.ts";
import { type ConnectionShares, shareConnections } from "../store/connection-shares.ts";
import { createDatabase, type Database, type WorkReport } from "../store/database.ts";
import type { EmbeddedPostgres } from "../store/embedded/embedded-postgres.ts";
import { type DatabaseFor, shareDatabase } from "../store/fair-database.ts";
import { createFairReads, type FairReads } from "../store/fair-reads.ts";
import { createRecordCounter, type RecordCounter } from "../statistics/instance-gauges.ts";
import type { Metrics } from "../metrics.ts";
import type { Base } from "./base.ts";

interface Needs extends Base {
  readonly connection: ConnectionSettings;
  readonly embedded: EmbeddedPostgres | undefined;
  readonly metrics: Metrics;
  readonly tenants: ServedTenants;
}

interface Databases {
  readonly shares: ConnectionShares;
  /** Connections of the graph's reads alone, which `reads` shares over operations. */
  readonly graphDb: Database;
  readonly reads: FairReads;
  /** Connections of background work, for each kind of it. */
  readonly dbFor: DatabaseFor;
  /** The same connections, for work that has no kind of its own. */
  readonly db: Database;
  readonly closeBackground: () => Promise<void>;
  /** Connections of the inbox's commits alone: slow queries never delay the response to a webhook. */
  readonly inboxDb: Database;
  /** Connections of the budgets alone: a permit never waits behind a slow query. */
  readonly budgetDb: Database;
  /** Connection of `/readyz` alone: busy connections of the others do not make the process unready. */
  readonly readinessDb: Database;
  /** The pools by name, for their metrics. */
  readonly pools: Readonly<Record<string, Database>>;
  /** Work that connects as the owner of the tables, which no pool does. */
  readonly maintenance: Semaphore;
}

/** Longest time for a statement of a read: many times what an indexed page takes, and less than an operation may take. */
const READ_TIMEOUT_MS = 10_000;
/** Longest time for the check of `/readyz`: probes give up after a few seconds, and the next one must find a connection. */
const READINESS_TIMEOUT_MS = 2_000;

/** The pools of connections. Nothing is connected yet. */
export const part: Part<Needs, Databases> = {
  name: "connection pools",
  start({ connection, embedded, config, log, metrics, tenants }) {
    const countRecords = createRecordCounter(metrics.registry);
    const shares = shareConnections(config.databaseConnections, embedded !== undefined);
    const onWorkDone = (tenantId: string, work: WorkReport): void => {
      const { level = "info", about, sentence } = work;
      log[level]({ tenantId, ...about }, sentence);
      countRun(countRecords, work);
    };
    const graphDb = createDatabase({ connection, max: shares.graph, statementMs: READ_TIMEOUT_MS });
    const background = createDatabase({ connection, max: shares.background, onWorkDone });
    const dbFor = shareDatabase(background, shares.background);
    const inboxDb = createDatabase({ connection, max: shares.inbox, keepsConnections: true, onWorkDone });
    const budgetDb = createDatabase({ connection, max: shares.budgets, quickCommits: true, genericPlans: true });
    return {
      shares,
      graphDb,
      reads: createFairReads({
        database: graphDb,
        connections: shares.graph,
        hasTenants: () => tenants.ids.length > 1,
      }),
      dbFor,
      db: dbFor("service", "awaited"),
      closeBackground: background.close,
      inboxDb,
      budgetDb,
      pools: { graph: graphDb, background, inbox: inboxDb, budgets: budgetDb },
      readinessDb: createDatabase({
        connection,
        max: shares.readiness,
        keepsConnections: true,
        statementMs: READINESS_TIMEOUT_MS,
      }),
      maintenance: createSemaphore(shares.maintenance),
    };
  },
  async close({ graphDb, closeBackground, inboxDb, budgetDb, readinessDb }) {
    await Promise.all([graphDb, inboxDb, budgetDb, readinessDb].map((database) => database.close()));
    await closeBackground();
  },
};

/** Counts the records of a run that has ended; other reports have none. */
function countRun(count: RecordCounter, { about }: WorkReport): void {
  const { records, changed, quarantined } = about;
  if (typeof records === "number" && typeof changed === "number" && typeof quarantined === "number")
    count({ records, changed, quarantined });
}
