import { setTimeout as pause } from "node:timers/promises";
import { pino } from "pino";
import { singleBucket } from "../../../src/connector-api/budget.ts";
import { connector } from "../../../src/connectors/stripe/index.ts";
import { openSyncEngine } from "../../../src/ingest/polling/engine.ts";
import type { SyncMode } from "../../../src/ingest/runs/run.ts";
import { createCompareStream } from "../../../src/reconcile/completeness/compare-stream.ts";
import { createWakeUps } from "../../../src/runtime/wake-ups.ts";
import { registerSources } from "../../../src/sources/register-sources.ts";
import { registryOf } from "../../../src/sources/source-registry.ts";
import type { Source } from "../../../src/sources/source.ts";
import { createDatabase } from "../../../src/store/database.ts";
import { migrate } from "../../../src/store/migrate.ts";
import { createUpstream } from "../../../src/upstream/upstream.ts";
import { targetOf } from "../../helpers/target-of.ts";
import { type MeasuredComparison, type Result, taskSchema, TENANT } from "./task.ts";
import { watchProcess } from "./watch-process.ts";

/** Reads a day of charges, and compares it: as it was read, and after one percent of the rows was altered. */
const { connection, baseUrl, apiKey, startS } = taskSchema.parse(JSON.parse(process.argv[2] ?? "{}"));
const STREAM = "charges";
await migrate(connection);
const db = createDatabase({ connection, max: 10 });
const config = connector.config.parse({ baseUrl, apiKey });
const upstream = createUpstream({
  target: targetOf(connector, config),
  budget: singleBucket({ requestsPerSecond: 100_000, maxConcurrent: 20 }),
});
const source: Source = {
  tenantId: TENANT,
  id: "stripe",
  connector,
  config,
  scheduleMs: undefined,
  credential: upstream.credential,
  client: (lane) => upstream.client(lane),
};
await registerSources(db, [source]);
const wakeUps = createWakeUps();
const engine = openSyncEngine({
  db,
  sources: registryOf([source]),
  log: pino({ level: "warn" }, pino.destination(2)),
  wakeUps,
  compareStream: createCompareStream({ wakeUps }),
});
const day = { from: new Date(startS * 1_000).toISOString(), to: new Date((startS + 86_400) * 1_000).toISOString() };

async function run(mode: SyncMode): Promise<string> {
  const range = mode === "RECONCILE" ? day : undefined;
  const input = { streams: [STREAM], mode, range, idempotencyKey: undefined };
  const { runId } = await engine.startSync(TENANT, source.id, input);
  for (;;) {
    const rows = await db.read(TENANT, (tx) =>
      tx.query<{ status: string }>("select status from sync_runs where id = $1 and finished_at is not null", [runId]),
    );
    if (rows[0]?.status === "SUCCEEDED") return runId;
    if (rows[0] !== undefined) throw new Error(`the run ended ${rows[0].status}`);
    await pause(50);
  }
}

const callsSoFar = async (): Promise<number> => Number(await (await fetch(`${baseUrl}/calls`)).text());

async function measure(): Promise<MeasuredComparison> {
  const watched = watchProcess();
  const [startedAtMs, earlierCalls] = [performance.now(), await callsSoFar()];
  const runId = await run("RECONCILE");
  const seconds = Number(((performance.now() - startedAtMs) / 1_000).toFixed(1));
  const figures = watched.stop();
  const found = await db.read(TENANT, (tx) =>
    tx.query<{ count: number }>("select count(*)::integer as count from record_differences where run_id = $1", [runId]),
  );
  return {
    ...figures,
    seconds,
    calls: (await callsSoFar()) - earlierCalls,
    differences: found[0]?.count ?? 0,
  };
}

await run("INCREMENTAL");
const inStep = await measure();
await db.transaction(TENANT, (tx) =>
  tx.query(
    "update payment_attempts set amount_minor = amount_minor + 1 where substr(md5(id), 1, 2) in ('00', '01', '02')",
  ),
);
const altered = await measure();
const stored = await db.read(TENANT, (tx) =>
  tx.query<{ count: number }>("select count(*)::integer as count from payment_attempts"),
);
const result: Result = { records: stored[0]?.count ?? 0, inStep, altered };
process.stdout.write(`${JSON.stringify(result)}\n`);
await engine.close();
await upstream.close();
await db.close();
