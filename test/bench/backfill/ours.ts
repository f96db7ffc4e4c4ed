import { setTimeout as pause } from "node:timers/promises";
import { pino } from "pino";
import { singleBucket } from "../../../src/connector-api/budget.ts";
import { connector } from "../../../src/connectors/stripe/index.ts";
import { createDatabase } from "../../../src/store/database.ts";
import { migrate } from "../../../src/store/migrate.ts";
import { openSyncEngine } from "../../../src/ingest/polling/engine.ts";
import type { Source } from "../../../src/sources/source.ts";
import { createUpstream } from "../../../src/upstream/upstream.ts";
import { createWakeUps } from "../../../src/runtime/wake-ups.ts";
import { printResult, readTask } from "./task.ts";
import { targetOf } from "../../helpers/target-of.ts";
import { registryOf } from "../../../src/sources/source-registry.ts";
import { registerSources } from "../../../src/sources/register-sources.ts";

/** A first run over all charges through the real engine: raw bytes stored, versions checked, events written. */
const { connection, baseUrl, apiKey } = readTask();
const TENANT = "bench";
await migrate(connection);
const db = createDatabase({ connection, max: 10 });
const config = connector.config.parse({ baseUrl, apiKey });
const upstream = createUpstream({
  target: targetOf(connector, config),
  budget: singleBucket({ requestsPerSecond: 100_000, maxConcurrent: 20 }), // no limit: the two are compared at full speed
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
const engine = openSyncEngine({
  db,
  sources: registryOf([source]),
  log: pino({ level: "warn" }, pino.destination(2)),
  wakeUps: createWakeUps(),
});
const startedAtMs = performance.now();
const { runId } = await engine.startSync(TENANT, source.id, {
  streams: ["charges"],
  mode: "INCREMENTAL",
  range: undefined,
  idempotencyKey: undefined,
});
for (;;) {
  const rows = await db.read(TENANT, (tx) =>
    tx.query<{ status: string; records: bigint }>(
      `select runs.status, streams.records from sync_runs runs join sync_run_streams streams on streams.run_id = runs.id
       where runs.id = $1 and runs.finished_at is not null`,
      [runId],
    ),
  );
  if (rows[0]?.status === "SUCCEEDED") break;
  if (rows[0] !== undefined) throw new Error(`the run ended ${rows[0].status}`);
  await pause(50);
}
const ms = performance.now() - startedAtMs;
const stored = await db.read(TENANT, (tx) => tx.query<{ count: bigint }>("select count(*) from payment_attempts"));
printResult({ records: Number(stored[0]?.count), ms });
await engine.close();
await upstream.close();
await db.close();
