import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { connector } from "../../../src/connectors/postgres-ledger/index.ts";
import { type LedgerDatabase, useLedgerDatabase } from "../../helpers/ledger-database.ts";

let core: LedgerDatabase;
beforeAll(async () => {
  core = await useLedgerDatabase();
}, 240_000);
afterAll(async () => core[Symbol.asyncDispose]());

const check = (changes?: Readonly<Record<string, unknown>>): Promise<void> => {
  const source = core.source("check", changes);
  const { config, client } = source;
  return source.connector.check({ config, client: client("interactive"), signal: new AbortController().signal });
};

const payments = (changes: Readonly<Record<string, unknown>>) => ({
  tables: {
    payments: {
      table: "core.payments",
      id: "id",
      kind: { value: "PAYIN" },
      status: { column: "state", map: {} },
      amount: { column: "amount", as: "decimal" },
      currency: "ccy",
      createdAt: { column: "created", as: "timestamp" },
      ...changes,
    },
  },
});

test("settings that fit the database are accepted", async () => {
  await expect(check()).resolves.toBeUndefined();
}, 240_000);

test("every difference between the settings and the tables is reported at once, with its path", async () => {
  await core.sql("alter table core.payments add column rate double precision");
  const changes = payments({
    id: "ccy",
    amount: { column: "rate", as: "decimal" },
    description: "memmo",
    createdAt: { column: "created", as: "utcTimestamp" },
  });
  const problem = await check(changes).catch((reason: Error) => reason.message);
  for (const part of [
    "tables.payments.id: must be the primary key of the table: id",
    "tables.payments.amount.column: column rate must be of type smallint or integer or bigint or numeric; double precision is not exact",
    'tables.payments.description: there is no column memmo; did you mean "memo"?',
    "tables.payments.createdAt.column: column created must be of type timestamp without time zone",
  ])
    expect(problem).toContain(part);
}, 240_000);

test("a table that does not exist, and one that the role may not read, are named", async () => {
  await core.sql(
    "create table core.hidden (id text primary key, state text, amount numeric, ccy text, created timestamptz)",
  );
  await expect(check(payments({ table: "core.nothing" }))).rejects.toThrow("there is no table core.nothing");
  await expect(check(payments({ table: "core.hidden" }))).rejects.toThrow("grant select on core.hidden");
}, 240_000);

test("a publication without a table, or that does not exist, is refused with the SQL that mends it", async () => {
  await core.sql("create publication partial for table core.accounts");
  await expect(check({ publication: "partial" })).rejects.toThrow(/alter publication "?partial"? add table/i);
  await expect(check({ publication: "none" })).rejects.toThrow(/create publication "?none"?/i);
}, 240_000);

test("a wrong password, and a database that does not exist, are refused without the password in the message", async () => {
  await core.sql("create role other login password 'x'");
  await expect(check({ user: "nobody-here" })).rejects.toMatchObject({ code: "UPSTREAM_UNAUTHORIZED" });
  const reason = await check({ database: "nothing" }).catch((error: Error) => error.message);
  expect(reason).not.toContain("follower-password");
}, 240_000);

test.each([
  [{ tls: false, host: "db.example" }, /must not be false unless the host is this machine/],
  [{ tables: {} }, /must name a table/],
  [payments({ amount: { column: "amount" } }), /as/],
])("settings %j are refused before any connection", (changes, expected) => {
  expect(() => connector.config.parse({ ...core.config, ...changes })).toThrow(expected);
});
