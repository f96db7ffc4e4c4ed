import { afterAll, beforeAll, beforeEach, expect, test } from "@jest/globals";
import type { SlotEvent } from "../../../src/protocols/postgres-cdc/events.ts";
import { NOT_SENT } from "../../../src/protocols/postgres-cdc/pgoutput/relation.ts";
import { type CdcServer, useCdcServer } from "../../helpers/cdc-server.ts";
import { type Follower, follow } from "../../helpers/follow-changes.ts";

let server: CdcServer;
let follower: Follower;

beforeAll(async () => {
  server = await useCdcServer();
  await server.sql("create publication changes for all tables");
  follower = follow(server, { slot: "changes" });
  await follower.until("position");
});
beforeEach(async () => void (await follower.takeAll()));
afterAll(async () => {
  await follower[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

/** Runs statements as one transaction each, and resolves with the changes that they made. */
async function changesOf(...texts: readonly string[]): Promise<readonly Record<string, unknown>[]> {
  for (const text of texts) await server.sql(text);
  return (await follower.takeAll()).flatMap(brief);
}

/** The part of an event that a test compares. */
function brief(event: SlotEvent): readonly Record<string, unknown>[] {
  if (event.type === "insert") return [{ insert: event.relation.name, row: event.row }];
  if (event.type === "update") return [{ update: event.relation.name, row: event.row, old: event.oldRow }];
  if (event.type === "delete") return [{ delete: event.relation.name, old: event.oldRow }];
  if (event.type === "truncate") return [{ truncate: event.relations.map(({ name }) => name) }];
  if (event.type !== "message") return [];
  return [{ message: event.prefix, content: event.content.toString(), isTransactional: event.isTransactional }];
}

test("an update without a change of the key has no old row, one with it has the old key", async () => {
  await server.sql("create table keyed (id int primary key, note text)");
  expect(
    await changesOf(
      "insert into keyed values (1, 'a')",
      "update keyed set note = null",
      "update keyed set id = 2",
      "delete from keyed",
    ),
  ).toEqual([
    { insert: "keyed", row: ["1", "a"] },
    { update: "keyed", row: ["1", null], old: undefined },
    { update: "keyed", row: ["2", null], old: ["1", NOT_SENT] },
    { delete: "keyed", old: ["2", NOT_SENT] },
  ]);
});

test("a large value that an update did not change is not sent, which is not null (F74)", async () => {
  await server.sql("create table documents (id int primary key, body text, state text)");
  await server.sql("alter table documents alter body set storage external");
  const changes = await changesOf(
    "insert into documents values (1, repeat('x', 10000), 'new')",
    "update documents set state = 'read'",
    "update documents set body = null",
  );
  expect(changes.slice(1)).toEqual([
    { update: "documents", row: ["1", NOT_SENT, "read"], old: undefined },
    { update: "documents", row: ["1", null, "read"], old: undefined },
  ]);
});

test("with the replica identity FULL the old row is complete, and completes the new one (F74)", async () => {
  await server.sql("create table full_rows (id int primary key, body text, state text)");
  await server.sql("alter table full_rows alter body set storage external, replica identity full");
  const body = "y".repeat(10_000);
  const changes = await changesOf(
    "insert into full_rows values (1, repeat('y', 10000), null)",
    "update full_rows set state = 'read'",
    "delete from full_rows",
  );
  expect(changes.slice(1)).toEqual([
    { update: "full_rows", row: ["1", body, "read"], old: ["1", body, null] },
    { delete: "full_rows", old: ["1", body, "read"] },
  ]);
});

test("with the identity of an index the old row has its columns, with NOTHING inserts are sent (F74)", async () => {
  await server.sql("create table indexed (id int primary key, code text not null unique, note text)");
  await server.sql("alter table indexed replica identity using index indexed_code_key");
  await server.sql("create table nameless (note text); alter table nameless replica identity nothing");
  expect(
    await changesOf(
      "insert into indexed values (1, 'a', 'x')",
      "update indexed set code = 'b'",
      "insert into nameless values ('n')",
    ),
  ).toEqual([
    { insert: "indexed", row: ["1", "a", "x"] },
    { update: "indexed", row: ["1", "b", "x"], old: [NOT_SENT, "a", NOT_SENT] },
    { insert: "nameless", row: ["n"] },
  ]);
  await expect(server.sql("delete from nameless")).rejects.toThrow(/replica identity/);
});

test("changes of one row have versions in their order, within a transaction and between two", async () => {
  await server.sql("create table counted (id int primary key, n int)");
  await server.sql(
    "begin; insert into counted values (1, 0); update counted set n = 1; update counted set n = 2; commit",
  );
  await server.sql("begin; update counted set n = 3; delete from counted; insert into counted values (1, 4); commit");
  const events = await follower.takeAll();
  const versions = events.flatMap((event) => ("lsn" in event && event.type !== "message" ? [event.lsn] : []));
  expect(versions).toHaveLength(6);
  expect(versions).toEqual([...new Set(versions)].toSorted((a, b) => (a < b ? -1 : 1)));
});

test("the columns of a table follow its definition from one change to the next (F73)", async () => {
  await server.sql("create table shaped (id int primary key, a text)");
  expect(
    await changesOf(
      "insert into shaped values (1, 'x')",
      "alter table shaped add b numeric(10,2) default 1.5",
      "update shaped set a = 'y'",
      "alter table shaped rename a to c",
      "alter table shaped alter b type text",
      "update shaped set b = 'text'",
      "alter table shaped drop c",
      "insert into shaped values (2, 'last')",
    ),
  ).toEqual([
    { insert: "shaped", row: ["1", "x"] },
    { update: "shaped", row: ["1", "y", "1.50"], old: undefined },
    { update: "shaped", row: ["1", "y", "text"], old: undefined },
    { insert: "shaped", row: ["2", "last"] },
  ]);
});

test("a changed definition is an event with the one before", async () => {
  await server.sql("create table renamed (id int primary key)");
  await server.sql("insert into renamed values (1)");
  await server.sql("alter table renamed add state text");
  await server.sql("insert into renamed values (2, 'x')");
  const relations = (await follower.takeAll()).flatMap((event) => (event.type === "relation" ? [event] : []));
  const columns = relations.map(({ relation, previous }) => [
    previous?.columns.map(({ name }) => name),
    relation.columns.map(({ name }) => name),
  ]);
  expect(columns).toEqual([
    [undefined, ["id"]],
    [["id"], ["id", "state"]],
  ]);
});

test("a type that is not built in has its name", async () => {
  await server.sql("create type mood as enum ('good', 'bad'); create table moods (id int primary key, mood mood)");
  await server.sql("insert into moods values (1, 'good')");
  const relation = (await follower.takeAll()).flatMap((event) =>
    event.type === "relation" ? [event.relation] : [],
  )[0];
  expect(relation?.columns.map(({ typeName }) => typeName)).toEqual([undefined, "public.mood"]);
});

test("TRUNCATE states every table that it emptied (F73)", async () => {
  await server.sql(
    "create table owners (id int primary key); create table pets (id int primary key, owner int references owners)",
  );
  expect(await changesOf("insert into owners values (1)", "truncate owners cascade")).toEqual([
    { insert: "owners", row: ["1"] },
    { truncate: ["owners", "pets"] },
  ]);
});

test("logical messages are delivered, with and without a transaction", async () => {
  const texts = [
    "select pg_logical_emit_message(true, 'note', 'inside')",
    "select pg_logical_emit_message(false, 'note', 'outside')",
    "create table if not exists flushed (id int primary key); insert into flushed values (1)", // its commit writes the log
  ];
  expect((await changesOf(...texts)).slice(0, 2)).toEqual([
    { message: "note", content: "inside", isTransactional: true },
    { message: "note", content: "outside", isTransactional: false },
  ]);
});

test("the origin of a transaction that was replicated from elsewhere is delivered", async () => {
  await server.sql("create table imported (id int primary key); select pg_replication_origin_create('elsewhere')");
  await server.sql("select pg_replication_origin_session_setup('elsewhere')");
  await server.sql("insert into imported values (1)");
  await server.sql("select pg_replication_origin_session_reset()");
  const origins = (await follower.takeAll()).flatMap((event) => (event.type === "origin" ? [event.name] : []));
  expect(origins).toEqual(["elsewhere"]);
});

test("a prepared transaction is delivered when it is committed", async () => {
  await server.sql("create table two_phase (id int primary key)");
  await server.sql("begin; insert into two_phase values (1); prepare transaction 'p1'");
  await server.sql("begin; insert into two_phase values (2); prepare transaction 'p2'");
  expect(await changesOf("insert into two_phase values (3)", "commit prepared 'p1'", "rollback prepared 'p2'")).toEqual(
    [
      { insert: "two_phase", row: ["3"] },
      { insert: "two_phase", row: ["1"] },
    ],
  );
});

test("changes of partitions have the names of the partitions, or of their root if the publication states it", async () => {
  await server.sql("create table parts (id int, day int, primary key (id, day)) partition by range (day)");
  await server.sql("create table parts_1 partition of parts for values from (0) to (10)");
  await server.sql("create table parts_2 partition of parts for values from (10) to (20)");
  expect(await changesOf("insert into parts values (1, 5)", "update parts set day = 15")).toEqual([
    { insert: "parts_1", row: ["1", "5"] },
    { delete: "parts_1", old: ["1", "5"] },
    { insert: "parts_2", row: ["1", "15"] },
  ]);
  await server.sql("alter publication changes set (publish_via_partition_root = true)");
  expect(await changesOf("insert into parts values (2, 5)")).toEqual([{ insert: "parts", row: ["2", "5"] }]);
  await server.sql("alter publication changes set (publish_via_partition_root = false)");
});
