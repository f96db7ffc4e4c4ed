import { randomUUID } from "node:crypto";
import { pino } from "pino";
import type { SourceConfig } from "../../../src/config.ts";
import type { BudgetOverride } from "../../../src/connector-api/budget.ts";
import { connector } from "../../../src/connectors/stripe/index.ts";
import type { TestSandbox } from "../../../sandbox/stripe/testing.ts";
import { openSources, type OpenSources } from "../../../src/sources/open-sources.ts";
import { createDatabase, type Database } from "../../../src/store/database.ts";
import { openSyncEngine, type SyncEngine } from "../../../src/ingest/polling/engine.ts";
import { openSharedBudgets } from "../../../src/upstream/budget/shared-budgets.ts";
import { systemClock } from "../../../src/runtime/clock.ts";
import { createWakeUps } from "../../../src/runtime/wake-ups.ts";
import { eventually } from "../../helpers/eventually.ts";
import type { TestConnection } from "../../helpers/postgres.ts";
import { differences, readTruth } from "../../helpers/sandbox-truth.ts";
import type { TestStore } from "../../helpers/store.ts";
import { registerSources } from "../../../src/sources/register-sources.ts";

/** A source of the connector Stripe. */
export interface StripeSource {
  readonly id: string;
  readonly tenantId: string;
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly budget?: BudgetOverride;
}

/** The sources, budgets and engine of one process, connected as in the service, without schedule and graph. */
export interface SyncService extends OpenSources, AsyncDisposable {
  /** With the given connection, which may be faulty. */
  readonly db: Database;
  readonly engine: SyncEngine;
}

export async function openSyncService(options: {
  readonly connection: TestConnection;
  readonly sources: readonly StripeSource[];
}): Promise<SyncService> {
  const { connection } = options;
  const db = createDatabase({ connection, max: 10 });
  const budgetDb = createDatabase({ connection, max: 3, quickCommits: true });
  const shared = openSharedBudgets({
    database: budgetDb,
    replica: randomUUID(),
    clock: systemClock,
    onProblem: ignore,
  });
  const opened = openSources(options.sources.map(configOf), {
    shared,
    onCall: () => ignore,
    onBreaker: () => ignore,
    onClosed: ignore,
    onCapped: () => ignore,
  });
  const log = pino({ level: "silent" });
  await registerSources(db, opened.sources.values());
  const engine = openSyncEngine({
    db,
    sources: opened.registry,
    log,
    wakeUps: createWakeUps(),
  });
  return {
    ...opened,
    db,
    engine,
    async [Symbol.asyncDispose]() {
      await engine.close();
      await opened.close();
      await shared.close();
      await Promise.all([budgetDb.close(), db.close()]);
    },
  };
}

function configOf({ id, tenantId, baseUrl, apiKey, budget }: StripeSource): SourceConfig {
  const config = connector.config.parse({ baseUrl, apiKey });
  return { id, tenantId, connector: "stripe", config, scheduleMs: undefined, budget, networks: [] };
}

function ignore(): void {
  // these tests have no subscribers: results are read from the sandbox and the database
}

/** Starts a run of all streams; resolves with its id. */
export async function startRun(
  { engine, sources }: SyncService,
  sourceId: string,
  mode: "INCREMENTAL" | "FULL" = "INCREMENTAL",
): Promise<string> {
  const tenantId = sources.get(sourceId)?.tenantId ?? "";
  const input = { streams: undefined, mode, range: undefined, idempotencyKey: undefined };
  return (await engine.startSync(tenantId, sourceId, input)).runId;
}

/** Status of a run once it has ended. */
export function finished(store: TestStore, tenantId: string, runId: string, timeoutMs?: number): Promise<string> {
  const look = async (): Promise<string | undefined> => {
    const sql = "select status from sync_runs where id = $1 and finished_at is not null";
    const rows = await store.db.read(tenantId, (tx) => tx.query<{ status: string }>(sql, [runId]));
    return rows[0]?.status;
  };
  return eventually(`run ${runId} to finish`, look, timeoutMs);
}

/** Status of a source. */
export async function statusOf(store: TestStore, tenantId: string, sourceId: string): Promise<string | undefined> {
  const sql = "select status from sources where id = $1";
  return (await store.db.read(tenantId, (tx) => tx.query<{ status: string }>(sql, [sourceId])))[0]?.status;
}

/** Every difference between the sandbox's state and the tenant's stored state. */
export async function differencesTo(
  store: TestStore,
  tenantId: string,
  sandbox: TestSandbox,
): Promise<readonly string[]> {
  const truth = await readTruth(sandbox);
  return differences(truth, (sql) => store.db.read(tenantId, (tx) => tx.query(sql)));
}
