/** One replica as a separate process, which kills itself in the middle of a change. See feed-process.ts. */
import { tmpdir } from "node:os";
import { pino } from "pino";
import { createFeeds } from "../../src/ingest/feeds/feeds.ts";
import { createWakeUps } from "../../src/runtime/wake-ups.ts";
import { registerSources } from "../../src/sources/register-sources.ts";
import { registryOf } from "../../src/sources/source-registry.ts";
import { createDatabase } from "../../src/store/database.ts";
import { scriptedSource } from "../fakes/scripted-connector.ts";
import { scriptedFeed } from "../fakes/scripted-feed.ts";
import type { FeedProcessSettings } from "./feed-process.ts";
import { hookDatabase } from "./hooked-database.ts";
import { at, partyMessage } from "./messages.ts";

const { connection, sourceId, killAt } = JSON.parse(process.argv[2] ?? "") as FeedProcessSettings; // by feed-process.ts
const kill = (): void => void process.kill(process.pid, "SIGKILL");
const db = createDatabase({ connection, max: 4 });
const script = scriptedFeed({
  onCommitted(index) {
    if (index === 0) script.send(partyMessage("p1", "Ada", at(1n)), partyMessage("p2", "Bob", at(1n)), "checkpoint");
    else if (killAt === "ACKNOWLEDGE") kill();
  },
});
const source = scriptedSource({ pages: { parties: [] }, feed: script.feed }, { id: sourceId });
const changesDb = hookDatabase(db, {
  beforeCommit(texts) {
    if (killAt === "COMMIT" && texts.some((text) => text.includes("into parties"))) kill();
  },
});
await registerSources(db, [source]);
const feeds = createFeeds({
  db,
  changesDb,
  sources: registryOf([source]),
  connectors: [source.connector],
  folder: tmpdir(),
  log: pino({ level: "silent" }),
  wakeUps: createWakeUps(),
  nowMs: Date.now,
  random: () => 0,
});
await feeds.start();
