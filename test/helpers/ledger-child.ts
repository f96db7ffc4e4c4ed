/** One replica as a separate process, which may kill itself in the middle of a read. See ledger-process.ts. */
import { tmpdir } from "node:os";
import { pino } from "pino";
import { createFeeds } from "../../src/ingest/feeds/feeds.ts";
import { openSyncEngine } from "../../src/ingest/polling/engine.ts";
import { createWakeUps } from "../../src/runtime/wake-ups.ts";
import { registerSources } from "../../src/sources/register-sources.ts";
import { registryOf } from "../../src/sources/source-registry.ts";
import { createDatabase } from "../../src/store/database.ts";
import { type DatabaseHooks, hookDatabase } from "./hooked-database.ts";
import { openLedgerSource } from "./ledger-database.ts";
import type { LedgerProcessSettings } from "./ledger-process.ts";

const settings = JSON.parse(process.argv[2] ?? "") as LedgerProcessSettings; // by ledger-process.ts
const db = createDatabase({ connection: settings.connection, max: 6 });
const { source } = openLedgerSource(settings.sourceId, settings.config);

/** Chunks of the read, and not changes of the feed, whose transactions write its position. */
const isChunk = (texts: readonly string[]): boolean =>
  texts.some((text) => text.includes("into payments")) && !texts.some((text) => text.includes("change_feeds"));
let chunks = 0;
const killAtSecond = (texts: readonly string[]): void => {
  if (!isChunk(texts)) return;
  chunks += 1;
  if (chunks === 2) process.kill(process.pid, "SIGKILL");
};
const HOOKS = {
  COMMIT: { beforeCommit: killAtSecond },
  COMMITTED: { afterCommit: killAtSecond },
  NEVER: {},
} as const satisfies Record<LedgerProcessSettings["killAt"], DatabaseHooks>;
const batchDb = hookDatabase(db, HOOKS[settings.killAt]);

await registerSources(db, [source]);
const log = pino({ level: "silent" });
const wakeUps = createWakeUps();
const shared = { db, sources: registryOf([source]), log, wakeUps, nowMs: Date.now, random: () => 0.1 };
const engine = openSyncEngine({ ...shared, batchDb });
const feeds = createFeeds({ ...shared, connectors: [source.connector], folder: tmpdir() });
await feeds.start();
if (settings.fullRead !== undefined) {
  const request = { streams: ["payments"], mode: "FULL", range: undefined, idempotencyKey: settings.fullRead } as const;
  await engine.startSync(source.tenantId, source.id, request);
}

/** Interval of the lines with the resident memory. */
const MEMORY_MS = 100;
setInterval(() => process.stdout.write(`${process.memoryUsage.rss()}\n`), MEMORY_MS);
process.stdin.resume().on("end", () => process.exit()); // the process that started it has ended
