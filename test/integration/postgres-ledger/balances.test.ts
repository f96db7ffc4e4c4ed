import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { connector } from "../../../src/connectors/postgres-ledger/index.ts";
import type { Source } from "../../../src/sources/source.ts";
import { eventually } from "../../helpers/eventually.ts";
import { type FeedWorld, useFeedWorld } from "../../helpers/feed-world.ts";
import { type LedgerDatabase, useLedgerDatabase } from "../../helpers/ledger-database.ts";

let core: LedgerDatabase;
let world: FeedWorld;
beforeAll(async () => {
  [core, world] = await Promise.all([useLedgerDatabase(), useFeedWorld()]);
  await core.sql(`
    create table core.holdings (
      holding_id bigint primary key, account_id bigint not null, what text not null, cents bigint not null,
      at timestamptz not null default now());
    alter publication sluice add table core.holdings;
    grant select on core.holdings to follower;
    insert into core.accounts values (1, 'Main', null, 'EUR', 0, now()), (2, 'Other', null, 'EUR', 0, now());
    insert into core.holdings (holding_id, account_id, what, cents) values (10, 1, 'free', 700), (11, 1, 'booked', 900)`);
}, 240_000);
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  await core[Symbol.asyncDispose]();
});

const accounts = { table: "core.accounts", id: "id", name: "title", currency: "ccy" };
const balances = {
  table: "core.holdings",
  id: "holding_id",
  account: "account_id",
  kind: { column: "what", map: { free: "AVAILABLE", booked: "BOOKED" } },
  amount: { column: "cents", as: "minorUnits" },
  currency: { value: "EUR" },
  asOf: { column: "at", as: "timestamp" },
};
const column = {
  kind: "BOOKED",
  amount: { column: "balance", as: "decimal" },
  asOf: { column: "changed_at", as: "timestamp" },
};

const balancesOf = (sourceId: string) =>
  world.query(
    `select external_id, kind, minor from balances where source_id = $1 and deleted_at is null order by external_id`,
    [sourceId],
  );
/** Returns the balances of a source as soon as there is one with this amount. */
const onceThereIs = (sourceId: string, amount: bigint) =>
  eventually("the balance", async () => {
    const rows = await balancesOf(sourceId);
    return rows.some(({ minor }) => minor === amount) && rows;
  });

function fetchOf(source: Source, entity: "Account" | "Balance", externalIds: readonly string[]) {
  const { config, client } = source;
  return source.connector.fetchMany?.({
    entity,
    externalIds,
    config,
    client: client("interactive"),
    signal: new AbortController().signal,
  });
}

test("balances in a table of their own are read and followed, and deleted with their rows", async () => {
  await world.open([core.source("holdings", { tables: { accounts, balances } })]);
  expect(await onceThereIs("holdings", 900n)).toEqual([
    { external_id: "10", kind: "AVAILABLE", minor: 700n },
    { external_id: "11", kind: "BOOKED", minor: 900n },
  ]);
  await core.sql(`
    begin;
    update core.holdings set cents = 650 where holding_id = 10;
    delete from core.holdings where holding_id = 11;
    insert into core.holdings (holding_id, account_id, what, cents) values (12, 2, 'booked', -5);
    commit`);
  expect(await onceThereIs("holdings", 650n)).toEqual([
    { external_id: "10", kind: "AVAILABLE", minor: 650n },
    { external_id: "12", kind: "BOOKED", minor: -5n },
  ]);
}, 240_000);

test("an account is fetched with its balances, and a balance alone, wherever the database has them", async () => {
  await core.sql("insert into core.holdings (holding_id, account_id, what, cents) values (20, 2, 'free', 1)");
  const named = (messages: unknown) =>
    (
      messages as {
        type: string;
        entity?: string;
        externalId?: string;
        record?: { type: string; externalId: string };
      }[]
    )
      .map(
        ({ type, entity, externalId, record }) =>
          `${type} ${record?.type ?? entity} ${record?.externalId ?? externalId}`,
      )
      .toSorted(); // messages of the connector's contract
  const rows = core.source("rows", { tables: { accounts, balances } });
  expect(named(await fetchOf(rows, "Account", ["2", "3"]))).toEqual(
    expect.arrayContaining(["record Account 2", "record Balance 20", "tombstone Account 3"]),
  );
  expect(named(await fetchOf(rows, "Balance", ["20", "99"]))).toEqual(["record Balance 20", "tombstone Balance 99"]);
  const columns = core.source("columns", { tables: { accounts: { ...accounts, balances: [column] } } });
  expect(named(await fetchOf(columns, "Balance", ["2:BOOKED", "3:BOOKED"]))).toEqual([
    "record Balance 2:BOOKED",
    "tombstone Balance 3:BOOKED",
  ]);
}, 240_000);

test.each([
  [{ balances }, /needs the table of its accounts/],
  [{ accounts: { ...accounts, balances: [column] }, balances }, /must not be named if balances are columns/],
])("balances that cannot be assigned are refused before any connection: %#", (tables, expected) => {
  expect(() => connector.config.parse({ ...core.config, tables })).toThrow(expected);
});

test("a table that the settings name later is read in full, without a read that anybody starts", async () => {
  let current = core.source("later", { tables: { accounts } });
  await world.open([current], {
    registry: {
      find: () => Promise.resolve(current),
      findOfPlatform: () => Promise.resolve(undefined),
      findByAccount: () => Promise.resolve(undefined),
    },
  });
  const stored = (table: string) =>
    world.query(`select external_id from ${table} where source_id = 'later' and deleted_at is null`);
  await eventually("the accounts", async () => (await stored("accounts")).length === 2);
  await core.sql("insert into core.payments (id, state, amount, ccy) values ('early', 'open', 1, 'EUR')");
  const { payments } = core.config["tables"] as { payments: object }; // of the helper
  current = core.source("later", { tables: { accounts, payments } });
  await eventually("the payment that was there", async () => (await stored("payments")).length === 1);
  await core.sql("insert into core.payments (id, state, amount, ccy) values ('late', 'open', 1, 'EUR')");
  await eventually("the payment that came later", async () => (await stored("payments")).length === 2);
  const gaps = () =>
    world.query("select summary, closed_at is not null as closed from findings where source_id = 'later'");
  await eventually("the finding to close", async () => (await gaps())[0]?.["closed"]);
  expect(await gaps()).toEqual([
    { summary: expect.stringContaining("the settings of its tables were changed"), closed: true },
  ]);
}, 240_000);
