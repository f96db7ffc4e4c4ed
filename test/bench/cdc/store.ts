import { once } from "node:events";
import { pino } from "pino";
import { connector } from "../../../src/connectors/postgres-ledger/index.ts";
import { createFeeds } from "../../../src/ingest/feeds/feeds.ts";
import { createWakeUps } from "../../../src/runtime/wake-ups.ts";
import { registerSources } from "../../../src/sources/register-sources.ts";
import { registryOf } from "../../../src/sources/source-registry.ts";
import type { Source } from "../../../src/sources/source.ts";
import { createDatabase } from "../../../src/store/database.ts";
import { createUpstream } from "../../../src/upstream/upstream.ts";
import { channelOf } from "../../../src/upstream/upstream-settings.ts";
import { targetOf } from "../../helpers/target-of.ts";
import { SOURCE_ID, TABLES, TENANT } from "./core.ts";
import { readTask } from "./task.ts";

/** Follows the database as the service does, until SIGTERM: connector, queue, spool, gate, events, position. */
const { core, slot, store, folder } = readTask();
if (store === undefined || folder === undefined) throw new TypeError("the task needs a store and a folder");
const db = createDatabase({ connection: store, max: 6 });
const config = connector.config.parse({ ...core, password: "none", tls: false, slot, tables: TABLES });
const upstream = createUpstream({
  target: targetOf(connector, config),
  budget: connector.budget(config),
  ...channelOf(connector, config),
});
const source: Source = {
  tenantId: TENANT,
  id: SOURCE_ID,
  connector,
  config,
  scheduleMs: undefined,
  credential: upstream.credential,
  client: (lane) => upstream.client(lane),
};
await registerSources(db, [source]);
const feeds = createFeeds({
  db,
  sources: registryOf([source]),
  connectors: [connector],
  folder,
  log: pino({ level: "warn" }, pino.destination(2)),
  wakeUps: createWakeUps(),
  nowMs: Date.now,
  random: () => 0.1,
});
const ended = once(process, "SIGTERM");
await feeds.start();
process.stdout.write("following\n");
await ended;
await feeds.close(5_000);
await upstream.close();
await db.close();
