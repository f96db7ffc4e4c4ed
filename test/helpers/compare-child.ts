/** One replica as a separate process, which kills itself in the middle of a comparison. See compare-process.ts. */
import { pino } from "pino";
import { singleBucket } from "../../src/connector-api/budget.ts";
import { connector } from "../../src/connectors/stripe/index.ts";
import { openSyncEngine } from "../../src/ingest/polling/engine.ts";
import { createCompareStream } from "../../src/reconcile/completeness/compare-stream.ts";
import { createWakeUps } from "../../src/runtime/wake-ups.ts";
import { registryOf } from "../../src/sources/source-registry.ts";
import { createDatabase } from "../../src/store/database.ts";
import { createUpstream } from "../../src/upstream/upstream.ts";
import type { CompareSettings } from "./compare-process.ts";
import { type DatabaseHooks, hookDatabase } from "./hooked-database.ts";
import { targetOf } from "./target-of.ts";

const settings = JSON.parse(process.argv[2] ?? "") as CompareSettings; // by compare-process.ts
const { connection, tenantId, sourceId, stream, range, idempotencyKey } = settings;

function killWhen(part: string): (texts: readonly string[]) => void {
  return (texts) => {
    const isStep = texts.some((text) => text.includes("update sync_run_streams set cursor"));
    if (isStep && texts.some((text) => text.includes(part))) process.kill(process.pid, "SIGKILL");
  };
}

const HOOKS: Readonly<Record<CompareSettings["killAt"], DatabaseHooks>> = {
  LISTED: { afterCommit: killWhen("insert into compared_objects") },
  FINDING_UNLISTED: { beforeCommit: killWhen("with stored as") },
  FOUND_UNLISTED: { afterCommit: killWhen("with stored as") },
  REPAIRING: { beforeCommit: killWhen("insert into record_differences") },
  REPAIRED: { afterCommit: killWhen("insert into record_differences") },
};

const db = createDatabase({ connection, max: 6 });
const config = connector.config.parse(settings.config);
const upstream = createUpstream({
  target: targetOf(connector, config),
  budget: singleBucket({ requestsPerSecond: 10_000, maxConcurrent: 50 }),
});
const source = {
  tenantId,
  id: sourceId,
  connector,
  config,
  scheduleMs: 3_600_000,
  credential: upstream.credential,
  client: upstream.client,
};
const wakeUps = createWakeUps();
const engine = openSyncEngine({
  db,
  batchDb: hookDatabase(db, HOOKS[settings.killAt]),
  sources: registryOf([source]),
  log: pino({ level: "silent" }),
  wakeUps,
  compareStream: createCompareStream({ wakeUps }),
});
await engine.startSync(tenantId, sourceId, { streams: [stream], mode: "RECONCILE", range, idempotencyKey });
