import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { TableReader } from "../../../src/protocols/postgres-cdc/snapshot/table-reader.ts";
import { parseLsn } from "../../../src/protocols/postgres-cdc/database/lsn.ts";
import { type CdcServer, useCdcServer } from "../../helpers/cdc-server.ts";
import { eventually } from "../../helpers/eventually.ts";
import { follow } from "../../helpers/follow-changes.ts";

const NEVER = new AbortController().signal;

let server: CdcServer;
let reader: TableReader;

beforeAll(async () => {
  // Set from the start, because a server applies a changed setting some time later: a session that chooses so commits
  // only when a replica has confirmed it, which does not exist.
  server = await useCdcServer({ synchronous_standby_names: "none_of_this_name", synchronous_commit: "local" });
  await server.sql(`
    create table payments (id int primary key, state text);
    create table parents (id int primary key);
    create publication changes for table payments`);
  reader = await TableReader.open(server.address, NEVER);
});
afterAll(async () => {
  await reader.close();
  await server[Symbol.asyncDispose]();
});

const payments = { schema: "public", name: "payments", key: ["id"] };

async function fill(...ids: readonly number[]): Promise<void> {
  await server.sql(
    `truncate payments; insert into payments select id, 'new' from unnest('{${ids.join(",")}}'::int[]) id`,
  );
}

test("chunks continue after the last key, and each row that nobody changes has an exact version", async () => {
  await fill(1, 2, 3, 10, 20);
  const first = await reader.readChunk(payments, undefined, 3);
  expect(first.columns).toEqual(["id", "state"]);
  expect(first.rows.map(({ values }) => values[0])).toEqual(["1", "2", "3"]);
  expect(first.next).toEqual(["3"]);
  const second = await reader.readChunk(payments, first.next, 3);
  expect(second.rows.map(({ values }) => values[0])).toEqual(["10", "20"]);
  expect(second.next).toBeUndefined();
  for (const { version } of [...first.rows, ...second.rows]) expect(version.from).toBe(version.until);
  expect(second.waitsFor).toBeUndefined();
});

test("a change that is in the log and still invisible is not before the version of the row that was read (F71)", async () => {
  await fill(1, 2);
  await using follower = follow(server, { slot: "invisible" });
  await follower.until("position");
  await using delayed = await delayCommit("update payments set state = 'paid' where id = 1");
  const [change] = (await follower.take(({ type }) => type === "commit")).filter(({ type }) => type === "update");
  const { rows, absent, waitsFor } = await reader.readChunk(payments, undefined, 10);
  expect(rows.map(({ values }) => values[1])).toEqual(["new", "new"]); // although the change was already delivered
  const changedAt = change?.type === "update" ? change.lsn : 0n;
  expect(rows[0]?.version.from).toBeLessThanOrEqual(changedAt);
  expect(rows[0]?.version.until).toBeGreaterThan(changedAt); // they overlap: the row is fetched again
  expect(rows[1]?.version.from).toBeGreaterThan(changedAt); // and the other one is exact
  expect(absent.from).toBeLessThanOrEqual(changedAt);
  expect(waitsFor).toMatch(/^transaction \d+ of the database is not finished \(process \d+, open for \d+ seconds\)$/);
  await delayed.release();
  const later = await reader.readChunk(payments, undefined, 10);
  expect(later.rows[0]?.values[1]).toBe("paid");
  expect(later.rows[0]?.version.from).toBeGreaterThan(changedAt);
});

test("a transaction that was open before we began is reported and only makes absences inexact (F78)", async () => {
  await fill(1, 2);
  const open = await server.connect();
  await open.query("begin");
  await open.query("insert into payments values (3, 'new')");
  await using fresh = await useReader();
  const before = await fresh.reader.readChunk(payments, undefined, 10);
  expect(before.waitsFor).toContain("is not finished");
  expect(before.rows.map(({ version }) => version.from === version.until)).toEqual([true, true]);
  await open.query("prepare transaction 'late'");
  const prepared = await fresh.reader.readChunk(payments, undefined, 10);
  expect(prepared.waitsFor).toMatch(/^prepared transaction \d+ of the database has not been committed or rolled back$/);
  const [{ lsn } = { lsn: "" }] = await server.sql("select pg_current_wal_insert_lsn() as lsn");
  expect(prepared.absent.from).toBeLessThan(parseLsn(lsn ?? ""));
  await server.sql("commit prepared 'late'");
  const after = await fresh.reader.readChunk(payments, undefined, 10);
  expect(after.waitsFor).toBeUndefined();
  expect(after.absent.from).toBeGreaterThanOrEqual(parseLsn(lsn ?? ""));
  await open.end();
});

test("a checkpoint makes absences exact although a transaction is open that began after it (F78)", async () => {
  await fill(1);
  await server.sql("checkpoint");
  const [{ lsn } = { lsn: "" }] = await server.sql("select redo_lsn as lsn from pg_control_checkpoint()");
  const open = await server.connect();
  await open.query("begin; insert into payments values (3, 'new')");
  await using fresh = await useReader();
  const { absent } = await fresh.reader.readChunk(payments, undefined, 10);
  expect(absent.from).toBe(parseLsn(lsn ?? ""));
  await open.end();
});

test("a row that is locked as the parent of another one keeps the interval of its chunk", async () => {
  await server.sql("create table children (parent int references parents); insert into parents values (1)");
  await server.sql("insert into children values (1)");
  const { rows, absent } = await reader.readChunk({ schema: "public", name: "parents", key: ["id"] }, undefined, 10);
  expect(rows[0]?.version).toEqual(absent);
});

test("rows that are fetched by key are complete, and what does not exist is absent", async () => {
  await fill(1, 2);
  const { rows } = await reader.readKeys(payments, [["2"], ["7"]]);
  expect(rows.map(({ values }) => values)).toEqual([["2", "new"]]);
});

async function useReader(): Promise<{ readonly reader: TableReader } & AsyncDisposable> {
  const opened = await TableReader.open(server.address, NEVER);
  return { reader: opened, [Symbol.asyncDispose]: () => opened.close() };
}

/** Runs a statement whose commit is written into the log, but stays invisible until it is released. */
async function delayCommit(text: string): Promise<{ release(): Promise<void> } & AsyncDisposable> {
  const client = await server.connect();
  const [{ pid } = { pid: "" }] = (await client.query<{ pid: string }>("select pg_backend_pid() as pid")).rows;
  await client.query("set synchronous_commit = on");
  const committing = client.query(text);
  await eventually("the commit waits for a replica", async () => {
    const rows = await server.sql(`select 1 from pg_stat_activity where pid = ${pid} and wait_event = 'SyncRep'`);
    return rows.length > 0;
  });
  let released: Promise<void> | undefined;
  const release = (): Promise<void> =>
    (released ??= (async () => {
      await server.sql(`select pg_cancel_backend(${pid})`); // it then is committed without the replica
      await committing;
      await client.end();
    })());
  return { release, [Symbol.asyncDispose]: release };
}
