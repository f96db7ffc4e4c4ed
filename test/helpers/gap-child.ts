/** One replica as a separate process, which kills itself while it repairs a gap. See feed-process.ts. */
import { randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import { pino } from "pino";
import { lockGap, reportGapRepair } from "../../src/ingest/feeds/feed-gap.ts";
import { createFeeds } from "../../src/ingest/feeds/feeds.ts";
import { openSyncEngine } from "../../src/ingest/polling/engine.ts";
import { createRefetcher } from "../../src/ingest/refetch/refetcher.ts";
import { createWakeUps } from "../../src/runtime/wake-ups.ts";
import { registerSources } from "../../src/sources/register-sources.ts";
import { registryOf } from "../../src/sources/source-registry.ts";
import { createDatabase } from "../../src/store/database.ts";
import { scriptedFeed } from "../fakes/scripted-feed.ts";
import { eventually } from "./eventually.ts";
import type { GapProcessSettings } from "./feed-process.ts";
import { BEFORE_GAP, gapSource } from "./gap-source.ts";
import { hookDatabase } from "./hooked-database.ts";
import { at, partyMessage } from "./messages.ts";

const { connection, sourceId, killAt } = JSON.parse(process.argv[2] ?? "") as GapProcessSettings; // by feed-process.ts
const db = createDatabase({ connection, max: 6 });
const script = scriptedFeed();
let isLost = false;
const source = gapSource(sourceId, script, () => isLost);

/** Batches that were fetched for the gap, and are written. */
let batches = 0;
function killAtSecond(texts: readonly string[]): void {
  if (texts.some((text) => text.includes("into parties"))) batches += 1;
  if (batches === 2) process.kill(process.pid, "SIGKILL");
}
const refetchDb = hookDatabase(db, {
  [killAt === "COMMIT" ? "beforeCommit" : "afterCommit"]: killAtSecond,
});

await registerSources(db, [source]);
const shared = { db, sources: registryOf([source]), log: pino({ level: "silent" }), wakeUps: createWakeUps() };
openSyncEngine(shared);
const feeds = createFeeds({
  ...shared,
  connectors: [source.connector],
  folder: tmpdir(),
  nowMs: Date.now,
  random: () => 0.1,
});
const refetcher = createRefetcher({
  ...shared,
  db: refetchDb,
  owner: randomUUID(),
  random: () => 0.1,
  missing: { lock: lockGap, report: reportGapRepair },
});
refetcher.start();
await feeds.start();
script.send(...BEFORE_GAP.map((id) => partyMessage(id, "Ada", at(1n))), "checkpoint");
await eventually("the first changes", () => script.committed.length > 0);
await eventually("the first run to end", async () => {
  const open = await db.read(source.tenantId, (tx) =>
    tx.query("select from sync_runs where source_id = $1 and finished_at is null", [sourceId]),
  );
  return open.length === 0;
});
isLost = true;
script.send({ type: "gap", reason: "the slot was invalidated" }, "checkpoint");
