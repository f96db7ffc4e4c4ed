import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import pg from "pg";
import { pino } from "pino";
import type { Diagnosis } from "../../../src/diagnosis/diagnose.ts";
import { findHealth } from "../../../src/diagnosis/find-health.ts";
import type { Source } from "../../../src/sources/source.ts";
import { startProcessWatch } from "../../../src/statistics/process-states.ts";
import { createDatabase } from "../../../src/store/database.ts";
import { type CdcServer, useCdcServer } from "../../helpers/cdc-server.ts";
import { eventually } from "../../helpers/eventually.ts";
import { startFaultProxy } from "../../helpers/fault-proxy.ts";
import { type FeedProcess, type FeedWorld, useFeedWorld } from "../../helpers/feed-world.ts";
import { type LedgerDatabase, useLedgerDatabase } from "../../helpers/ledger-database.ts";

/** Log that the core database keeps for a slot. */
const KEPT_MB = 192;
const LARGE_ROWS = 80;

let core: LedgerDatabase;
let world: FeedWorld;
let source: Source;
let process: FeedProcess;
beforeAll(async () => {
  const server = (): Promise<CdcServer> => useCdcServer({ max_slot_wal_keep_size: `${KEPT_MB}MB` });
  [core, world] = await Promise.all([useLedgerDatabase(server), useFeedWorld()]);
  // A column that the source does not read: its values are in the log only.
  await core.sql(
    "alter table core.payments add column scan text; alter table core.payments alter scan set storage external",
  );
  source = core.source("core");
  process = await world.open([source]);
}, 240_000);
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  await core[Symbol.asyncDispose]();
});

async function diagnoses(): Promise<readonly Diagnosis[]> {
  return (await world.store.db.read("acme", (tx) => findHealth(tx, ["core"])))[0]?.diagnoses ?? [];
}

/** Waits until exactly these rules conclude something, and returns what they conclude. */
async function only(...rules: readonly string[]): Promise<readonly Diagnosis[]> {
  let last: readonly Diagnosis[] = [];
  await eventually("the diagnoses", async () => {
    last = await diagnoses();
    return isDeepStrictEqual(new Set(last.map(({ rule }) => rule)), new Set(rules));
  }).catch((cause: unknown) => {
    const found = last.map(({ rule, sentence }) => `${rule}: ${sentence}`).join("\n");
    throw new Error(`expected ${rules.join(", ") || "no diagnosis"}, got ${found || "none"}`, { cause });
  });
  return last;
}

/** Keeps rows of our payments from being written until the end of the scope. */
async function lockPayments(): Promise<AsyncDisposable> {
  const client = new pg.Client(world.store.connection);
  await client.connect();
  await client.query("begin");
  await client.query("lock table sluice.payments in exclusive mode");
  return { [Symbol.asyncDispose]: () => client.end() };
}

/** Writes rows of a megabyte, each in a transaction of its own. */
async function writeLargeRows(count: number): Promise<void> {
  await core.sql(`
    do $$ begin
      for n in 1..${count} loop
        insert into core.payments (id, state, amount, ccy, scan)
          values ('${count}-' || n, 'open', 1, 'EUR', repeat('x', 1000000));
        commit;
      end loop;
    end $$`);
}

/** Waits for a feed that is behind by tens of megabytes, and for nothing else than what the log kept meanwhile means. */
async function largeLag(isExpected: (found: Diagnosis) => boolean): Promise<Diagnosis> {
  return eventually("the feed to be far behind", async () => {
    const found = await diagnoses();
    expect(["FEED_BEHIND", "FINDING_OPEN"]).toEqual(expect.arrayContaining(found.map(({ rule }) => rule)));
    const behind = found.find(({ rule }) => rule === "FEED_BEHIND");
    const isLarge =
      behind !== undefined && /^The change feed of core is .*\b\d{8,} bytes behind\.$/.test(behind.sentence);
    return isLarge && isExpected(behind) && behind;
  });
}

let payments = 0;
const pay = () =>
  core.sql(`insert into core.payments (id, state, amount, ccy) values ('p${(payments += 1)}', 'open', 1, 'EUR')`);

test("a core database without a row is diagnosed until one arrives by its feed (FIRST_READ_EMPTY)", async () => {
  const [diagnosis] = await only("FIRST_READ_EMPTY");
  expect(diagnosis).toMatchObject({ state: "UNKNOWN", cause: "FORMAT_MISMATCH" });
  await pay();
  await only();
});

test("a core database that cannot be reached is diagnosed until the feed is open again (FEED_FAILED)", async () => {
  core.proxy.refuse();
  core.proxy.reset();
  const [diagnosis] = await only("FEED_FAILED");
  expect(diagnosis).toMatchObject({ state: "OUT_OF_STEP", cause: "DATABASE" });
  await core.proxy.heal();
  await only();
});

test("a feed that no process follows is diagnosed after a minute, until one does (FEED_BEHIND)", async () => {
  await process.close();
  await world.store.db.transaction("acme", (tx) =>
    tx.query("update change_feeds set status_since = status_since - interval '2 minutes'"),
  );
  const [diagnosis] = await only("FEED_BEHIND");
  expect(diagnosis?.sentence).toBe("The change feed of core is not connected.");
  process = await world.open([source]);
  await only();
});

test("a throttled feed behind by more than 64 MB of the server's log is diagnosed with the expected recovery, until it is read (FEED_BEHIND)", async () => {
  core.proxy.throttleOnly("replication", 100_000); // the connection by which the lag is looked up is another one
  await writeLargeRows(LARGE_ROWS);
  const diagnosis = await largeLag(({ recoveryMs }) => recoveryMs === null);
  expect(diagnosis).toMatchObject({ state: "CATCHING_UP", cause: "DATABASE" });
  // Five minutes ago it was twice as far behind: at this rate the rest takes as long, but for half of the minute measured.
  await world.store.db.transaction("acme", (tx) =>
    tx.query(
      `insert into source_metrics (tenant_id, source_id, name, resolution, at, count, sum, max)
       select 'acme', 'core', 'FEED_LAG_BYTES', 'MINUTE', now() - interval '330 seconds', 1, 2 * lag_bytes, 2 * lag_bytes
       from change_feeds where source_id = 'core'`,
    ),
  );
  const aroundMs = Date.now() + 300_000;
  const { recoveryMs } = await largeLag((found) => found.recoveryMs !== null);
  expect(Math.abs((recoveryMs ?? 0) - aroundMs)).toBeLessThan(150_000);
  await core.proxy.heal();
  await only();
});

test("a replication slot that somebody dropped is diagnosed until a full read has ended (FEED_GAP)", async () => {
  await process.close();
  await eventually("the server to have ended the stream, and the slot to be dropped", async () => {
    const dropped = await core.sql(
      "select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = 'sluice_core' and not active",
    );
    return dropped.length === 1;
  });
  await pay();
  {
    await using _lock = await lockPayments();
    process = await world.open([source]);
    const [diagnosis] = await only("FEED_GAP");
    expect(diagnosis).toMatchObject({ state: "OUT_OF_STEP", cause: "DATABASE" });
    expect(diagnosis?.sentence).toMatch(/the replication slot "sluice_core" was dropped/);
  }
  await only();
});

test("changes that wait for a lock in our database are diagnosed, with the log that the upstream keeps meanwhile, until they are stored (FEED_BEHIND, FEED_RETENTION, F67)", async () => {
  {
    await using _lock = await lockPayments();
    await pay();
    await writeLargeRows((KEPT_MB * 3) / 4);
    const found = await only("FEED_BEHIND", "FINDING_OPEN");
    const behind = found.find(({ rule }) => rule === "FEED_BEHIND");
    expect(behind).toMatchObject({ state: "CATCHING_UP", cause: "DATABASE" });
    expect(behind?.sentence).toMatch(/^The change feed of core is .*\b\d{8,} bytes behind\.$/);
    const retained = found.find(({ rule }) => rule === "FINDING_OPEN");
    expect(retained?.sentence).toMatch(/keeps its log for this source, and \d\d % of the limit is used/);
  }
  await only();
});

test("a database of the service that takes more than a second to answer is diagnosed until it is quick again (DATABASE_SLOW)", async () => {
  const { host, port, ...settings } = world.store.connection;
  await using network = await startFaultProxy({ path: `${host}/.s.PGSQL.${port}` });
  const db = createDatabase({ connection: { ...settings, host: "127.0.0.1", port: network.port }, max: 2 });
  const log = pino({ level: "silent" });
  const watch = startProcessWatch({ db, processId: "far away", log, random: () => 0.5, everyMs: 20 });
  try {
    network.delay(600); // in each direction
    const [diagnosis] = await only("DATABASE_SLOW");
    expect(diagnosis).toMatchObject({
      state: "CATCHING_UP",
      cause: "DATABASE",
      evidence: [{ kind: "PROCESS", id: "far away" }],
    });
    await network.heal();
    await only();
  } finally {
    await watch.close(5_000);
    await db.close();
  }
});
