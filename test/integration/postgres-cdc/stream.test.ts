import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { type CdcServer, useCdcServer } from "../../helpers/cdc-server.ts";
import { follow } from "../../helpers/follow-changes.ts";
import { eventually } from "../../helpers/eventually.ts";

let server: CdcServer;

beforeAll(async () => {
  server = await useCdcServer();
  await server.sql(`
    create table accounts (id int primary key, owner text, balance numeric(12,2));
    create publication changes for table accounts`);
});
afterAll(async () => await server[Symbol.asyncDispose]());

test("a transaction is delivered with exact values, and its end has the position to store", async () => {
  await using follower = follow(server, { slot: "values" });
  await follower.until("position");
  await server.sql("begin; insert into accounts values (1, 'Ada', 10.50), (2, null, 1e9); commit");
  const events = await follower.take(({ type }) => type === "commit");
  expect(events.map(({ type }) => type).filter((type) => type !== "position")).toEqual([
    "begin",
    "relation",
    "insert",
    "insert",
    "commit",
  ]);
  const rows = events.flatMap((event) => (event.type === "insert" ? [event.row] : []));
  expect(rows).toEqual([
    ["1", "Ada", "10.50"],
    ["2", null, "1000000000.00"],
  ]);
});

test("the server keeps a transaction until its position was committed (F63)", async () => {
  const slot = "kept";
  let position;
  {
    await using first = follow(server, { slot });
    position = (await first.until("position")).position;
    first.slot.committed(position);
    await server.sql("insert into accounts values (10, 'Bob', 1)");
    await first.until("commit");
  }
  await using second = follow(server, { slot, position });
  const events = await second.take(({ type }) => type === "commit");
  expect(events.flatMap((event) => (event.type === "insert" ? [event.row[0]] : []))).toEqual(["10"]);
  second.slot.committed(second.position!);
  await eventually("the slot is confirmed up to the committed position", async () => {
    const [row] = await server.sql(
      `select confirmed_flush_lsn as lsn from pg_replication_slots where slot_name = '${slot}'`,
    );
    return row?.["lsn"] === second.position?.lsn;
  });
});
