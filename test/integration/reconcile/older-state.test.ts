import { expect, test } from "@jest/globals";
import pg from "pg";
import { pino } from "pino";
import { useSandbox } from "../../../sandbox/stripe/testing.ts";
import { connector as stripeConnector } from "../../../src/connectors/stripe/index.ts";
import { openSyncEngine, type SyncEngine } from "../../../src/ingest/polling/engine.ts";
import type { StartSyncInput } from "../../../src/ingest/runs/start-sync.ts";
import { createCompareStream } from "../../../src/reconcile/completeness/compare-stream.ts";
import { registerSources } from "../../../src/sources/register-sources.ts";
import { registryOf } from "../../../src/sources/source-registry.ts";
import { migrate } from "../../../src/store/migrate.ts";
import { eventually, WAIT_LIMIT_MS } from "../../helpers/eventually.ts";
import { type InboxService, startInboxService } from "../../helpers/inbox-service.ts";
import { type TestConnection, useDatabase } from "../../helpers/postgres.ts";
import { differences, readTruth } from "../../helpers/sandbox-truth.ts";

const TENANT = "acme";
const SOURCE = "stripe-acme";
const DAY_MS = 86_400_000;

test("our database is an earlier state of itself, by a backup or a replica without the last commits: what it lost is read again, and a comparison finds the rest (F8) (F18)", async () => {
  await using sandbox = await useSandbox({ payments: 40 });
  const database = await useDatabase({ template: async (connection) => void (await migrate(connection)) });
  const methods = new Set<string>();
  let losesEvents = false;
  const connector: typeof stripeConnector = {
    ...stripeConnector,
    async *read(input) {
      const isChanges = input.range === undefined && input.cursor !== undefined;
      for await (const message of stripeConnector.read(watched(input, methods))) {
        if (isChanges && losesEvents && message.type !== "checkpoint") continue;
        yield message;
      }
    },
  };

  /** The service over one state of the database, until the work has been done. */
  async function over(connection: TestConnection, work: (open: Opened) => Promise<void>): Promise<void> {
    await using inbox = await startInboxService({
      connection,
      sources: [{ id: SOURCE, tenantId: TENANT, config: sandbox.config }],
      connector,
    });
    await registerSources(inbox.db, inbox.sources);
    const engine = openSyncEngine({
      db: inbox.db,
      sources: registryOf(inbox.sources),
      log: pino({ level: "silent" }),
      wakeUps: inbox.wakeUps,
      compareStream: createCompareStream({ wakeUps: inbox.wakeUps }),
    });
    try {
      await work({ inbox, engine });
    } finally {
      await engine.close();
    }
  }

  try {
    await over(database.connection, async (open) => expect(await run(open, INCREMENTAL)).toBe("SUCCEEDED"));
    const earlier = { ...database.connection, database: `${database.connection.database}_earlier` };
    await copyDatabase(database.connection, earlier.database);
    // The later state has acknowledged and applied these changes; the provider announces them only once.
    await over(database.connection, async (open) => {
      await sandbox.control("POST", "activity", { count: 60 });
      await sandbox.control("POST", "quiesce", { timeoutMs: WAIT_LIMIT_MS });
      expect(await run(open, INCREMENTAL)).toBe("SUCCEEDED");
    });
    losesEvents = true;
    await over(earlier, async (open) => {
      expect(await run(open, INCREMENTAL)).toBe("SUCCEEDED");
      expect(await run(open, comparison())).toBe("SUCCEEDED");
      const query = (text: string) =>
        open.inbox.db.transaction(TENANT, (tx) => tx.query<Record<string, unknown>>(text));
      await eventually(
        "nothing to be fetched again",
        async () => (await query("select 1 from refetches")).length === 0,
      );
      const truth = await readTruth(sandbox);
      expect(await differences(truth, query)).toEqual([]);
      expect(await query("select 1 from findings where kind = 'RECORDS_DIFFER'")).not.toEqual([]);
      expect(await query("select 1 from findings where kind = 'RECORDS_DIFFER' and closed_at is null")).toEqual([]);
    });
    expect([...methods]).toEqual(["GET"]); // nothing was sent to the upstream again
    await dropDatabase(database.connection, earlier.database);
  } finally {
    await database.close();
  }
}, 240_000);

interface Opened {
  readonly inbox: InboxService;
  readonly engine: SyncEngine;
}

type Requested = Pick<StartSyncInput, "mode" | "range">;
const INCREMENTAL: Requested = { mode: "INCREMENTAL", range: undefined };
const comparison = (): Requested => ({
  mode: "RECONCILE",
  range: {
    from: new Date(Date.now() - 300 * DAY_MS).toISOString(),
    to: new Date(Date.now() + DAY_MS).toISOString(),
  },
});

/** Runs all streams to their end; resolves with the status. */
async function run({ engine, inbox }: Opened, requested: Requested): Promise<string> {
  const input = { streams: undefined, idempotencyKey: undefined, ...requested };
  const { runId } = await engine.startSync(TENANT, SOURCE, input);
  return eventually("the run to end", async () => {
    const rows = await inbox.db.transaction(TENANT, (tx) =>
      tx.query<{ status: string }>("select status from sync_runs where id = $1 and finished_at is not null", [runId]),
    );
    return rows[0]?.status;
  });
}

type ReadInput = Parameters<typeof stripeConnector.read>[0];

function watched(input: ReadInput, methods: Set<string>): ReadInput {
  const { client } = input;
  return {
    ...input,
    client: {
      send(request, signal) {
        methods.add(request.method);
        return client.send(request, signal);
      },
      call: (call, signal) => client.call(call, signal),
      follow: (stream, signal) => client.follow(stream, signal),
    },
  };
}

async function onServer(connection: TestConnection, sql: string): Promise<void> {
  const admin = new pg.Client({ ...connection, database: "postgres" });
  await admin.connect();
  try {
    await admin.query(sql);
  } finally {
    await admin.end();
  }
}

const copyDatabase = (connection: TestConnection, name: string): Promise<void> =>
  eventually("the database to be copied, when its last connection has ended", async () => {
    await onServer(connection, `create database "${name}" template "${connection.database}"`).catch(() => undefined);
    const admin = new pg.Client({ ...connection, database: name });
    await admin.connect();
    await admin.end();
    return true;
  }).then(() => undefined);

const dropDatabase = (connection: TestConnection, name: string): Promise<void> =>
  onServer(connection, `drop database "${name}" with (force)`);
