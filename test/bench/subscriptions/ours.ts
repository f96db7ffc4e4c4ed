/** Sluice's server on an event log of its own. */
import { pino } from "pino";
import { Registry } from "prom-client";
import type { UseCases } from "../../../resolvers/use-cases.ts";
import { entityId } from "../../../src/domain/ids.ts";
import { appendEvents } from "../../../src/events/append.ts";
import { createEventFeed } from "../../../src/events/feed.ts";
import { checkCommit } from "../../../src/ingest/webhooks/check-commit.ts";
import { createReadThrough } from "../../../src/ingest/read-through/read-through.ts";
import { createServedTenants } from "../../../src/runtime/served-tenants.ts";
import { createWakeUps } from "../../../src/runtime/wake-ups.ts";
import { createServer } from "../../../src/server/create-server.ts";
import { loadCursors } from "../../../src/server/load-cursors.ts";
import { registryOf } from "../../../src/sources/source-registry.ts";
import { createDatabase } from "../../../src/store/database.ts";
import { createFairReads } from "../../../src/store/fair-reads.ts";
import { migrate } from "../../../src/store/migrate.ts";
import { addSource, ledgerWorld, putRecords } from "../../helpers/ledger-world.ts";
import type { TestConnection } from "../../helpers/postgres.ts";
import { serveCommands } from "./serve-commands.ts";
import { PAYMENTS } from "./task.ts";

const TENANT = "acme";
const SOURCE = "stripe-main";
const UNLIMITED = { connections: 1e6, operations: 1e6, bytes: 1e9 };

const connection = JSON.parse(process.argv[2] ?? "") as TestConnection; // written by the benchmark
await migrate(connection);
const database = createDatabase({ connection, max: 10 });
const place = { database, tenantId: TENANT, sourceId: SOURCE };
await addSource(place);
for (let from = 0; from < PAYMENTS; from += 100) await putRecords(place, ledgerWorld(from, from + 100));
const log = pino({ level: "warn" }, pino.destination(2));
const feed = createEventFeed({ database });
const server = await createServer({
  host: "127.0.0.1",
  port: 0,
  auth: { kind: "development" },
  tenants: createServedTenants([TENANT]),
  database,
  reads: createFairReads({ database, connections: 10, hasTenants: () => false }),
  checkCommit: () => checkCommit(database),
  events: feed,
  useCases: {} as UseCases, // no mutation is sent here
  readThrough: createReadThrough({ db: database, sources: registryOf([]), log, wakeUps: createWakeUps() }),
  webhooks: { sources: registryOf([]), publicUrl: undefined },
  log,
  registry: new Registry(),
  metrics: { port: undefined, token: undefined },
  webSocketLimits: { perPrincipal: UNLIMITED, perTenant: UNLIMITED },
});
const cursors = await loadCursors(database);
let published = 0;

function nextEvent() {
  const id = entityId(TENANT, SOURCE, "Payment", `pi_${published++ % PAYMENTS}`);
  return {
    sourceId: SOURCE,
    body: { kind: "EntityChanged", change: "UPDATED", entityType: "Payment", entityId: id },
  } as const;
}

await serveCommands({
  url: `${server.url.replace("http", "ws")}/graphql/ws`,
  async publish(events, perTransaction) {
    for (let left = events; left > 0; left -= perTransaction) {
      const some = Array.from({ length: Math.min(left, perTransaction) }, nextEvent);
      await database.transaction(TENANT, (tx) => appendEvents(tx, some));
    }
  },
  cursor: (seq) => cursors.encodeEventCursor(TENANT, seq),
});
await server.close();
await feed.close();
await database.close();
