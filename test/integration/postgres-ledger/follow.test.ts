import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { parseLsn } from "../../../src/protocols/postgres-cdc/database/lsn.ts";
import { eventually } from "../../helpers/eventually.ts";
import { type FeedProcess, type FeedWorld, useFeedWorld } from "../../helpers/feed-world.ts";
import { type LedgerDatabase, useLedgerDatabase } from "../../helpers/ledger-database.ts";
import { queryOnce } from "../../helpers/use-embedded.ts";

let core: LedgerDatabase;
let world: FeedWorld;
beforeAll(async () => {
  [core, world] = await Promise.all([useLedgerDatabase(), useFeedWorld()]);
}, 240_000);
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  await core[Symbol.asyncDispose]();
});

/** Follows a source until the end of the test. */
async function follow(id: string, changes?: Readonly<Record<string, unknown>>): Promise<FeedProcess & AsyncDisposable> {
  const process = await world.open([core.source(id, changes)], { refetches: true });
  return { ...process, [Symbol.asyncDispose]: () => process.close() };
}

/** Rows of a table of ours that are not deleted, as they are shown. */
const stored = (table: string, columns: string, sourceId: string) =>
  world.query(
    `select external_id, ${columns} from ${table} where source_id = $1 and deleted_at is null order by external_id`,
    [sourceId],
  );

/** Waits until a table of ours has exactly these rows. */
async function until(table: string, columns: string, sourceId: string, expected: readonly object[]): Promise<void> {
  const isThere = async () => isDeepStrictEqual(await stored(table, columns, sourceId), expected);
  await eventually(`rows of ${table}`, isThere).catch(() => undefined);
  expect(await stored(table, columns, sourceId)).toEqual(expected);
}

test("rows that existed and rows that change later are the objects of the graph, exactly", async () => {
  await core.sql(`
    insert into core.accounts values (1, 'Main', 'DE89370400440532013000', 'EUR', 92233720368547758.0700, now());
    insert into core.entries values ('a/b', 1, 1, 'sale', 1050, 'C', 'EUR', 1764500000, 'first');
    insert into core.payments (id, state, amount, ccy) values ('p1', 'open', 12.34000, 'EUR'), ('p2', 'odd', 5, 'JPY');
  `);
  await using _process = await follow("whole");
  await until("payments", "amount_minor, status, raw_status", "whole", [
    { external_id: "p1", amount_minor: 1234n, status: "PROCESSING", raw_status: "open" },
    { external_id: "p2", amount_minor: 5n, status: null, raw_status: "odd" },
  ]);
  await until("balances", "minor", "whole", [{ external_id: "1:BOOKED", minor: 9_223_372_036_854_775_807n }]);
  await core.sql(`
    begin;
    update core.payments set state = 'done' where id = 'p1';
    update core.entries set cents = 2000, mark = 'D' where no = 1;
    delete from core.payments where id = 'p2';
    insert into core.payments (id, state, amount, ccy) values ('p3', 'failed', 0.00100, 'BHD');
    commit`);
  await until("payments", "amount_minor, status, via", "whole", [
    { external_id: "p1", amount_minor: 1234n, status: "SUCCEEDED", via: "CDC" },
    { external_id: "p3", amount_minor: 1n, status: "FAILED", via: "CDC" },
  ]);
  await until("ledger_entries", "gross_minor, kind", "whole", [
    { external_id: "a%2Fb/1", gross_minor: -2000n, kind: "PAYMENT" },
  ]);
  expect(await stored("accounts", "currency", "whole")).toEqual([{ external_id: "1", currency: "EUR" }]);
}, 240_000);

test("a changed key is another object, and the one with the old key is deleted (F71)", async () => {
  await using _process = await follow("keys");
  await core.sql("insert into core.payments (id, state, amount, ccy) values ('k1', 'open', 1, 'EUR')");
  const own = (id: string) =>
    world.query(
      "select external_id, deleted_at is not null as deleted from payments where source_id = 'keys' and external_id = $1",
      [id],
    );
  await eventually("the payment", async () => (await own("k1")).length === 1);
  await core.sql("update core.payments set id = 'k2' where id = 'k1'");
  await eventually("the other payment", async () => (await own("k2")).length === 1);
  expect(await own("k1")).toEqual([{ external_id: "k1", deleted: true }]);
  await core.sql("delete from core.payments where id = 'k2'");
}, 240_000);

test("an update that does not send a large value keeps it (F74)", async () => {
  await core.sql(`alter table core.payments alter column memo set storage external`);
  await core.sql(`insert into core.payments (id, state, amount, ccy, memo)
    values ('t1', 'open', 1, 'EUR', repeat('long ', 2000))`);
  await using _process = await follow("toast");
  const own = () =>
    world.query<{ status: string; length: number }>(
      "select status, length(description) as length from payments where source_id = 'toast' and external_id = 't1'",
    );
  await eventually("the payment", async () => (await own())[0]?.status === "PROCESSING");
  await core.sql("update core.payments set state = 'done' where id = 't1'");
  await eventually("the change", async () => (await own())[0]?.status === "SUCCEEDED");
  expect(await own()).toEqual([{ status: "SUCCEEDED", length: 10_000 }]);
  await core.sql("delete from core.payments where id = 't1'");
}, 240_000);

test("a row that cannot be mapped is quarantined with its column, and the others go on (F26)", async () => {
  await using _process = await follow("odd");
  await core.sql(`insert into core.payments (id, state, amount, ccy) values
    ('q1', 'open', 1.005, 'EUR'), ('q2', 'open', 'NaN', 'EUR'), ('q3', 'open', 1, 'XXX'), ('q4', 'open', 7, 'EUR')`);
  await eventually("the payment", async () =>
    (await stored("payments", "amount_minor", "odd")).some((row) => row["external_id"] === "q4"),
  );
  const quarantined = await world.query(
    "select external_id, path, problem from quarantined_records where source_id = 'odd' order by external_id",
  );
  expect(quarantined).toEqual([
    { external_id: "q1", path: "amount", problem: expect.stringContaining("not a whole number of EUR minor units") },
    { external_id: "q2", path: "amount", problem: "must be a finite number" },
    { external_id: "q3", path: "amount", problem: expect.stringContaining("minor unit") },
  ]);
  await core.sql("delete from core.payments where id in ('q1', 'q2', 'q3', 'q4')");
}, 240_000);

test("a row that our database rejects is quarantined alone, the slot goes on, and the next row of its key is stored (F64)", async () => {
  const rejected = async (text: string) =>
    queryOnce(
      world.store.connection,
      `create or replace function sluice.reject() returns trigger language plpgsql as $$ begin
         if new.description = '${text}' then raise exception 'a row that cannot be stored'; end if;
         return new; end $$;
       create or replace trigger reject before insert or update on sluice.payments for each row execute function sluice.reject()`,
    );
  const payments = async () =>
    (await stored("payments", "amount_minor, raw_status", "poison")).filter(({ external_id: id }) =>
      String(id).startsWith("x"),
    );
  const slot = async () => {
    const [row] = await core.sql(
      "select confirmed_flush_lsn as lsn from pg_replication_slots where slot_name = 'sluice_poison'",
    );
    return parseLsn(row?.["lsn"] ?? "");
  };
  await core.sql("insert into core.payments (id, state, amount, ccy) values ('x1', 'open', 1, 'EUR')");
  const process = await world.open([core.source("poison")]); // nothing else can bring the row
  await eventually("the first row", async () => (await payments()).length === 1);
  await rejected("poison");
  await core.sql(`
    begin;
    update core.payments set amount = 2, memo = 'poison' where id = 'x1';
    insert into core.payments (id, state, amount, ccy) values ('x2', 'open', 1, 'EUR');
    commit`);
  const [end] = await core.sql("select pg_current_wal_lsn() as lsn");
  await core.sql("insert into core.payments (id, state, amount, ccy) values ('x3', 'open', 1, 'EUR')");
  await eventually("the other rows", async () => (await payments()).length === 3);
  const one = { amount_minor: 100n, raw_status: "open" };
  expect(await payments()).toEqual(["x1", "x2", "x3"].map((id) => ({ external_id: id, ...one })));
  await eventually("the slot to go on", async () => (await slot()) > parseLsn(end?.["lsn"] ?? ""));
  const quarantined = () =>
    world.query("select external_id, status from quarantined_records where source_id = 'poison' order by 1");
  expect(await quarantined()).toEqual([{ external_id: "x1", status: "OPEN" }]);

  await process.close();
  await using _next = await follow("poison");
  await core.sql("insert into core.payments (id, state, amount, ccy) values ('x4', 'open', 1, 'EUR')");
  await eventually("a row after the restart", async () => (await payments()).length === 4);
  expect(await quarantined()).toEqual([{ external_id: "x1", status: "OPEN" }]); // and not once more
  await core.sql("update core.payments set amount = 3, state = 'done', memo = null where id = 'x1'");
  await eventually("the row that can be stored", async () => (await payments())[0]?.["raw_status"] === "done");
  expect((await payments())[0]).toEqual({ external_id: "x1", amount_minor: 300n, raw_status: "done" });
  expect(await quarantined()).toEqual([{ external_id: "x1", status: "RESOLVED" }]);
  await core.sql("delete from core.payments where id like 'x_'");
}, 240_000);

test("columns that appear, change their type or vanish are findings until a full read, and stop nothing (F26)", async () => {
  const insert = (id: string) =>
    core.sql(`insert into core.payments (id, state, amount, ccy) values ('${id}', 'open', 1, 'EUR')`);
  const differences = async () =>
    (
      await world.query<{ text: string }>(
        `select kind || ' ' || (evidence ->> 'path') || ' ' || (closed_at is null) as text from findings
         where source_id = 'drift' and evidence ->> 'subject' = 'core.payments' order by text`,
      )
    ).map(({ text }) => text);
  await core.sql("alter table core.payments add column legacy integer, add column note text");
  await using process = await follow("drift");
  await insert("d1");
  await eventually("the first payment", async () =>
    (await stored("payments", "id", "drift")).some((row) => row["external_id"] === "d1"),
  );
  expect(await differences()).toEqual([]);
  await core.sql(
    "alter table core.payments drop column legacy, add column tier text, alter column note type varchar(20)",
  );
  await insert("d2");
  const open = ["CHANGED_FIELD note true", "MISSING_FIELD legacy true", "UNKNOWN_FIELD tier true"];
  await eventually("the findings", async () => isDeepStrictEqual(await differences(), open));
  await eventually("the second payment", async () =>
    (await stored("payments", "id", "drift")).some((row) => row["external_id"] === "d2"),
  );
  await core.sql("alter table core.payments drop column tier");
  await insert("d3");
  await eventually("one finding to close", async () =>
    isDeepStrictEqual(await differences(), [...open.slice(0, 2), "UNKNOWN_FIELD tier false"]),
  );
  const full = { streams: undefined, mode: "FULL", range: undefined, idempotencyKey: undefined } as const;
  await process.engine.startSync("acme", "drift", full);
  await eventually("all findings to close", async () => (await differences()).every((text) => text.endsWith("false")));
  await core.sql(
    "alter table core.payments drop column note; delete from core.payments where id in ('d1', 'd2', 'd3')",
  );
}, 240_000);

test("a column that the settings name and that was dropped stops the feed, which names it, and nothing is skipped (F26)", async () => {
  await using _process = await follow("gone");
  const insert = () =>
    core.sql(
      "insert into core.bank_lines (id, account_id, amount, ccy, state) values (gen_random_uuid(), 1, 1, 'EUR', 'booked')",
    );
  const lines = async () => (await stored("bank_transactions", "direction", "gone")).length;
  await insert();
  await eventually("the first line", async () => (await lines()) > 0);
  const before = await lines();
  await core.sql("alter table core.bank_lines rename column state to state_now");
  await core.sql(
    "insert into core.bank_lines (id, account_id, amount, ccy, state_now) values (gen_random_uuid(), 1, 1, 'EUR', 'booked')",
  );
  const message = async () => {
    const [feed] = await world.query<{ text: string | null }>(
      "select error_message as text from change_feeds where source_id = 'gone'",
    );
    return feed?.text ?? "";
  };
  await eventually("the failure of the feed", async () => /state/.test(await message()));
  expect(await lines()).toBe(before);
  await core.sql("alter table core.bank_lines rename column state_now to state; delete from core.bank_lines");
}, 240_000);

test("a truncated table is read in full, and what it had is deleted (F73)", async () => {
  await core.sql(
    "insert into core.bank_lines (id, account_id, amount, ccy, state) values (gen_random_uuid(), 1, -3.50, 'EUR', 'booked')",
  );
  await using _process = await follow("truncated");
  await eventually("the line", async () => (await stored("bank_transactions", "direction", "truncated")).length === 1);
  expect(await stored("bank_transactions", "direction, amount_minor", "truncated")).toMatchObject([
    { direction: "DEBIT", amount_minor: 350n },
  ]);
  await core.sql("truncate core.bank_lines");
  await until("bank_transactions", "direction", "truncated", []);
}, 240_000);

test("connections that break at any moment lose nothing and repeat nothing", async () => {
  await using _process = await follow("broken");
  for (let round = 0; round < 6; round += 1) {
    const ids = Array.from({ length: 20 }, (_, index) => `('r${round}-${index}', 'open', ${round}.5, 'EUR')`);
    await core.sql(`insert into core.payments (id, state, amount, ccy) values ${ids.join(", ")}`);
    if (round % 2 === 0) core.proxy.reset();
    await core.sql(`update core.payments set state = 'done' where id like 'r${round}-%'`);
  }
  const truth = await core.sql(
    "select id, (amount * 100)::bigint as minor from core.payments where state = 'done' and id like 'r%' order by id collate \"C\"",
  );
  expect(truth).toHaveLength(120);
  const expected = truth.map(({ id, minor }) => ({ external_id: id, minor: BigInt(minor ?? "") }));
  let rows: readonly object[] = [];
  await eventually("all payments", async () => {
    rows = await world.query(
      `select external_id, amount_minor as minor from payments
       where source_id = 'broken' and external_id like 'r%' and status = 'SUCCEEDED' and deleted_at is null
       order by external_id collate "C"`,
    );
    return rows.length === expected.length;
  }).catch(() => undefined);
  expect(rows).toEqual(expected);
}, 240_000);
