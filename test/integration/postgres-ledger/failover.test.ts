import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { type CdcServer, useEmbeddedCdcServer, useStandby } from "../../helpers/cdc-server.ts";
import { eventually } from "../../helpers/eventually.ts";
import { type FeedWorld, useFeedWorld } from "../../helpers/feed-world.ts";
import { packOfFinding } from "../../helpers/finding-pack.ts";
import { type LedgerDatabase, useLedgerDatabase } from "../../helpers/ledger-database.ts";
import { parseLsn } from "../../../src/protocols/postgres-cdc/database/lsn.ts";

/*
 * A customer's database with a standby that receives its log, and has the replication slot of the source synchronized.
 * The primary ends, the standby is promoted, and the address of the source leads to it.
 */

let primary: CdcServer;
let core: LedgerDatabase;
let standby: CdcServer;
let world: FeedWorld;
/** Ends the primary, once. */
let endPrimary: () => Promise<void>;
beforeEach(async () => {
  [primary, world] = await Promise.all([useEmbeddedCdcServer(), useFeedWorld()]);
  let ending: Promise<void> | undefined;
  endPrimary = () => (ending ??= Promise.resolve(primary[Symbol.asyncDispose]()));
  core = await useLedgerDatabase(() => Promise.resolve({ ...primary, [Symbol.asyncDispose]: endPrimary }));
  await core.sql("select pg_create_physical_replication_slot('standby')");
  standby = await useStandby(primary, "standby");
}, 240_000);
afterEach(async () => {
  await world[Symbol.asyncDispose]();
  await standby[Symbol.asyncDispose]();
  await core[Symbol.asyncDispose]();
});

const SOURCE = "core";
const insert = (id: string, amount = 1): string =>
  `insert into core.payments (id, state, amount, ccy) values ('${id}', 'open', ${amount}, 'EUR')`;

/** Payments of ours, with those that are deleted. */
const payments = () =>
  world.query<{ id: string; amount: bigint; deleted: boolean }>(
    `select external_id as id, amount_minor as amount, deleted_at is not null as deleted from payments
     where source_id = $1 order by external_id collate "C"`,
    [SOURCE],
  );
const hasStored = (id: string, amount = 100n): Promise<unknown> =>
  eventually(`the payment ${id}`, async () =>
    (await payments()).some((one) => one.id === id && one.amount === amount && !one.deleted),
  );
const findings = () =>
  world.query<{
    id: string;
    isOpen: boolean;
    closedAt: string;
    summary: string;
    evidence: Record<string, unknown>;
  }>(
    `select id, closed_at is null as "isOpen", closed_at as "closedAt", summary, evidence from findings where kind = 'FEED_GAP'`,
  );
const events = (id: string) =>
  world.query<{ change: string }>(
    `select data ->> 'change' as change from events join payments as payment on payment.id = events.entity_id
     where payment.external_id = $1 order by seq`,
    [id],
  );

/**
 * Waits until the standby has the slot of the source, as it was after a stored change. The server takes a slot over only
 * if it needs no transaction from before the newest one: so none is written while the source confirms what it has.
 */
async function synchronized(): Promise<void> {
  await core.sql(insert("s"));
  await hasStored("s");
  await eventually("the slot to be synchronized", async () => {
    await core.sql("checkpoint"); // what the server needs to free the log before it
    await core.sql("select pg_log_standby_snapshot()");
    await standby.sql("select pg_sync_replication_slots()");
    const [row] = await standby.sql("select 1 as found from pg_replication_slots where synced and not temporary");
    return row !== undefined;
  });
}

async function lsnOf(server: CdcServer, expression: string): Promise<bigint> {
  const [row] = await server.sql(`select ${expression} as lsn`);
  return parseLsn(row?.["lsn"] ?? "");
}

/** Ends the primary, promotes the standby, and lets the address lead to it. */
async function failOver(): Promise<void> {
  await endPrimary();
  await standby.sql("select pg_promote()");
  core.redirect(standby);
}

test("a source follows the standby that was promoted, and nothing is lost or doubled (F77)", async () => {
  await core.sql(insert("before"));
  const process = await world.open([core.source(SOURCE)], { refetches: true });
  await hasStored("before");
  await synchronized();
  await core.sql(insert("last"));
  const end = await lsnOf(primary, "pg_current_wal_flush_lsn()");
  await eventually("the standby has everything", async () => (await lsnOf(standby, "pg_last_wal_replay_lsn()")) >= end);
  await failOver();
  await standby.sql(insert("after"));
  await standby.sql("update core.payments set amount = 2 where id = 'before'");
  await hasStored("before", 200n);
  const truth = await standby.sql(
    `select id, (amount * 100)::bigint as amount from core.payments order by id collate "C"`,
  );
  expect(await payments()).toEqual(
    truth.map(({ id, amount }) => ({ id, amount: BigInt(amount ?? ""), deleted: false })),
  );
  for (const id of ["last", "after"]) expect(await events(id)).toEqual([{ change: "CREATED" }]);
  expect(await events("before")).toEqual([{ change: "CREATED" }, { change: "UPDATED" }]);
  expect(await findings()).toEqual([]);
  await process.close();
}, 240_000);

test("what the old primary has lost is repaired as soon as the new log has passed it, and the finding has both histories and lists exactly these objects, as its evidence pack does (F77)", async () => {
  await core.sql(`${insert("changed")}; ${insert("deleted")}; ${insert("kept")}`);
  const process = await world.open([core.source(SOURCE)], { refetches: true });
  for (const id of ["changed", "deleted", "kept"]) await hasStored(id);
  await synchronized();
  const end = await lsnOf(primary, "pg_current_wal_flush_lsn()");
  await eventually("the standby has everything", async () => (await lsnOf(standby, "pg_last_wal_replay_lsn()")) >= end);
  await standby.sql("alter system set primary_conninfo = ''");
  await standby.sql("select pg_reload_conf()");
  await eventually("the standby receives nothing", async () => {
    const rows = await standby.sql("select 1 as found from pg_stat_wal_receiver");
    return rows.length === 0;
  });
  // More log than the promotion itself writes, so that the new primary's is behind what is stored.
  await core.sql("select pg_logical_emit_message(true, 'other', repeat('x', 200000))");
  await core.sql(`${insert("created")}; update core.payments set amount = 9 where id = 'changed';
    delete from core.payments where id = 'deleted'`);
  await hasStored("created");
  await hasStored("changed", 900n);
  await eventually("the deletion", async () => (await payments()).some((one) => one.id === "deleted" && one.deleted));
  const [former] = await world.query<{ position: { lsn: string; systemId: string; timeline: number } }>(
    "select position from change_feeds where source_id = $1",
    [SOURCE],
  );
  await failOver();
  await eventually("the feed to wait", async () => {
    const [feed] = await world.query<{ error: string | null }>("select error_message as error from change_feeds");
    return feed?.error === "a replica without the last changes was promoted";
  });
  expect(await findings()).toEqual([]);
  await standby.sql("select pg_switch_wal()"); // its log passes what was stored, as it does in time by itself
  await standby.sql(insert("after"));
  await eventually("the gap to be repaired", async () => (await findings()).some(({ isOpen }) => !isOpen));
  await hasStored("after");

  const truth = await standby.sql(
    `select id, (amount * 100)::bigint as amount from core.payments order by id collate "C"`,
  );
  expect((await payments()).filter((one) => !one.deleted)).toEqual(
    truth.map(({ id, amount }) => ({ id, amount: BigInt(amount ?? ""), deleted: false })),
  );
  const [finding] = await findings();
  if (finding === undefined) throw new Error("there is no finding");
  const named = finding.evidence["objects"] as readonly { readonly id: string; readonly change: string }[];
  const externalIds = new Map(
    (await world.query<{ id: string; name: string }>("select id, external_id as name from payments")).map((row) => [
      row.id,
      row.name,
    ]),
  );
  // The first change on the new primary may be read in full before it is received.
  const lost = named
    .map(({ id, change }) => `${externalIds.get(id)} ${change}`)
    .filter((text) => !text.startsWith("after"));
  expect(lost.toSorted()).toEqual(["changed UPDATED", "created DELETED", "deleted CREATED"]);
  expect(finding).toMatchObject({
    summary: expect.stringMatching(
      /a replica was promoted \(timeline 1 to 2\) that did not have everything up to the stored position .*has changed \d objects$/,
    ),
    evidence: {
      before: { timeline: 1, systemId: former?.position.systemId, lsn: expect.stringMatching(/^0\//) },
      after: { timeline: 2, systemId: former?.position.systemId, lsn: expect.stringMatching(/^0\//) },
      waiting: 0,
    },
  });
  expect(await world.query("select gap_at from change_feeds where source_id = $1", [SOURCE])).toEqual([
    { gap_at: null },
  ]);
  const pack = await packOfFinding(world, finding);
  expect(pack.problems).toEqual([]);
  expect(pack.objectIds).toEqual(named.map(({ id }) => id).toSorted());
  await process.close();
}, 240_000);
