import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { preflight } from "../../../src/protocols/postgres-cdc/preflight/preflight.ts";
import type { PreflightOptions } from "../../../src/protocols/postgres-cdc/preflight/problem.ts";
import { type CdcServer, useCdcServer } from "../../helpers/cdc-server.ts";

let server: CdcServer;

beforeAll(async () => {
  server = await useCdcServer({ max_replication_slots: "2", max_wal_senders: "2" });
  await server.sql(`
    create table good (id int primary key, note text);
    create table bare (note text);
    create table silent (id int primary key);
    alter table silent replica identity nothing;
    create table narrow (id int primary key, hidden text);
    create table filtered (id int primary key);
    create table secret (id int primary key);
    alter table secret enable row level security;
    create table days (id int, day int) partition by range (day);
    create table days_1 partition of days for values from (0) to (10);
    create publication complete for table good;
    create publication faulty for table bare, silent, narrow (id), filtered where (id > 5), days;
    create publication empty_one;
    create publication half for table good with (publish = 'insert, update');
    create role reader login`);
});
afterAll(async () => await server[Symbol.asyncDispose]());

const table = (name: string) => ({ schema: "public", name });

async function check(options: Partial<PreflightOptions>): Promise<readonly string[]> {
  const problems = await preflight({
    address: server.address,
    slot: "checked",
    publications: ["complete"],
    tables: [table("good")],
    signal: new AbortController().signal,
    ...options,
  });
  return problems.map(({ problem, remedy }) => `${problem} ${remedy}`);
}

test("a database that can be followed has no problem", async () => {
  expect(await check({})).toEqual([]);
});

test("a publication that does not exist, has no table or leaves out a kind of change is a problem", async () => {
  expect(await check({ publications: ["absent", "empty_one", "half", "complete"] })).toEqual([
    'The publication "absent" does not exist. CREATE PUBLICATION "absent" FOR TABLE …;',
    'The publication "empty_one" has no table. ALTER PUBLICATION "empty_one" ADD TABLE …;',
    `The publication "half" does not publish delete, truncate. ALTER PUBLICATION "half" SET (publish = 'insert, update, delete, truncate');`,
  ]);
});

test("tables without identity, with a column list or with a filter are problems", async () => {
  const names = ["bare", "silent", "narrow", "filtered", "days", "good", "missing"];
  expect(await check({ publications: ["faulty"], tables: names.map(table) })).toEqual([
    expect.stringMatching(/^The table bare has no replica identity: .* ALTER TABLE bare ADD PRIMARY KEY/),
    expect.stringMatching(/^The table silent has no replica identity/),
    expect.stringMatching(
      /^The publication leaves out columns of public\.narrow: hidden\. ALTER PUBLICATION "faulty" DROP/,
    ),
    expect.stringMatching(/^The publication sends only those rows of public\.filtered for which \(id > 5\)\./),
    expect.stringMatching(/^The table days_1 has no replica identity/),
    'The table public.good is in no publication. ALTER PUBLICATION "faulty" ADD TABLE public.good;',
    "The table public.missing does not exist. Correct its name, or create it.",
  ]);
});

test("a role that may neither replicate nor read has the statements that permit it", async () => {
  const address = { ...server.address, user: "reader" };
  expect(await check({ address, tables: [table("good"), table("secret")], publications: ["complete"] })).toEqual([
    'The role "reader" may not replicate. ALTER ROLE "reader" REPLICATION;',
    'The role "reader" may not read public.good. GRANT SELECT ON public.good TO "reader";',
    'The role "reader" may not read public.secret. GRANT SELECT ON public.secret TO "reader";',
    'Row-level security hides rows of public.secret from the role "reader". ALTER ROLE "reader" BYPASSRLS;',
    'The table public.secret is in no publication. ALTER PUBLICATION "complete" ADD TABLE public.secret;',
  ]);
});

test("a slot of another plugin, and the last free slot in use, are problems", async () => {
  await server.sql("select pg_create_logical_replication_slot('checked', 'test_decoding')").catch(() => undefined);
  await server.sql("select pg_create_physical_replication_slot('physical')");
  await server.sql("select pg_create_physical_replication_slot('checked')").catch(() => undefined);
  expect(await check({})).toEqual([
    expect.stringMatching(/^The replication slot "checked" belongs to another program/),
  ]);
  expect(await check({ slot: "one_more" })).toEqual([
    expect.stringMatching(/^All 2 replication slots are in use\. ALTER SYSTEM SET max_replication_slots = 6;/),
  ]);
  await server.sql("select pg_drop_replication_slot(slot_name) from pg_replication_slots");
});

test("a server that does not log enough states the setting", async () => {
  await using small = await useCdcServer({ wal_level: "replica" });
  await small.sql("create table good (id int primary key); create publication complete for table good");
  expect(await check({ address: small.address })).toEqual([
    `wal_level is "replica", which does not log what logical replication needs. ALTER SYSTEM SET wal_level = 'logical'; then restart the server.`,
  ]);
});
