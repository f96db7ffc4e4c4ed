import { afterAll, beforeAll, expect, test } from "@jest/globals";
import pg from "pg";
import { callSandbox } from "../../../src/demo/control-api.ts";
import { type DemoSandboxes, startSandboxes } from "../../../src/demo/sandboxes.ts";
import { COMPANY } from "../../../sandbox/shared/company.ts";
import { DATABASE, READER } from "../../../sandbox/core-database/prepare-database.ts";
import { createActivity } from "../../../sandbox/core-database/world/activity.ts";
import { type CdcServer, useCdcServer } from "../../helpers/cdc-server.ts";

const DAY_MS = 86_400_000;
const NOON = Date.parse("2027-03-14T12:00:00Z");

let server: CdcServer;
let core: pg.Client;
let sandboxes: DemoSandboxes;

const start = (nowMs: number): Promise<DemoSandboxes> => {
  const { host, port, user } = server.address;
  const databaseServer = { host, port, user };
  return startSandboxes(server.folder, { nowMs: () => nowMs, activityMs: 0, payments: 400, databaseServer });
};

beforeAll(async () => {
  server = await useCdcServer();
  sandboxes = await start(NOON);
  core = new pg.Client({ ...server.address, database: DATABASE, ssl: false });
  await core.connect();
}, 240_000);
afterAll(async () => {
  await core?.end();
  await sandboxes?.close();
  await server[Symbol.asyncDispose]();
});

const rows = async (text: string): Promise<readonly Record<string, unknown>[]> => (await core.query(text)).rows;

/** Booked balances of the company by currency: its opening balance and what the bank has booked, in millionths. */
async function balancesAtBank(): Promise<ReadonlyMap<string, bigint>> {
  const answer = await callSandbox(sandboxes.urlOf("iso20022-bank"), {
    method: "GET",
    path: "movements?from=2026-01-01",
  });
  const { movements } = answer as { movements: { iban: string; amount: string; isPending: boolean }[] }; // the bank's test checks it
  return new Map(
    COMPANY.accounts.map(({ iban, currency, openingMinor, exponent }) => {
      const booked = movements.filter((one) => one.iban === iban && !one.isPending);
      const sum = booked.reduce((total, { amount }) => total + millionths(amount), 0n);
      return [currency, openingMinor * 10n ** BigInt(6 - exponent) + sum];
    }),
  );
}

function millionths(decimal: string): bigint {
  const [whole = "0", fraction = ""] = decimal.replace("-", "").split(".");
  const units = BigInt(whole + fraction.padEnd(6, "0"));
  return decimal.startsWith("-") ? -units : units;
}

async function requireSameBalances(): Promise<void> {
  const cash = await rows("select currency, balance::text as balance from core.accounts where kind = 'cash'");
  expect(new Map(cash.map(({ currency, balance }) => [currency, millionths(String(balance))]))).toEqual(
    await balancesAtBank(),
  );
}

async function requireBalancedBooks(): Promise<void> {
  const different = await rows(
    `select id from core.accounts
     where balance <> (select coalesce(sum(amount), 0) from core.entries where account_id = accounts.id)`,
  );
  expect(different).toEqual([]);
  expect(
    await rows("select payment_id from core.entries group by 1 having payment_id is not null and sum(amount) <> 0"),
  ).toEqual([]);
  expect(await rows("select id from core.accounts where balance < 0")).toEqual([]);
}

test("the company's books have the bank's booked balances, and the entries of each payment add up to zero", async () => {
  await requireSameBalances();
  await requireBalancedBooks();
  const [counts] = await rows(
    "select count(*) as n, count(*) filter (where state = 'settled') as settled from core.payments",
  );
  expect(Number(counts?.["n"])).toBe(100);
  expect(Number(counts?.["settled"])).toBeGreaterThan(80);
}, 240_000);

test("the activity changes payments, entries and balances together, and deletes payments", async () => {
  const pool = new pg.Pool({ ...server.address, database: DATABASE, ssl: false, max: 1 });
  const activity = createActivity({ db: pool, seed: 1, nowMs: () => NOON + 60_000, meanMs: 0 });
  for (let change = 0; change < 200; change += 1) await activity.step();
  await activity.stop();
  await pool.end();
  await requireBalancedBooks();
  const states = await rows("select distinct state from core.payments where created_at >= '2027-03-14T12:00:00Z'");
  expect(states.map(({ state }) => state)).toEqual(expect.arrayContaining(["rejected", "settled"]));
  const [numbers] = await rows("select max(right(id, 9)::int) > count(*) as has_gaps from core.payments");
  expect(numbers).toEqual({ has_gaps: true });
}, 240_000);

test("another start keeps the books, and books what the bank has booked since", async () => {
  const before = await rows("select * from core.payments order by id");
  await sandboxes.close();
  sandboxes = await start(NOON + DAY_MS);
  expect(await rows("select * from core.payments order by id")).toEqual(before);
  await requireSameBalances();
  await requireBalancedBooks();
}, 240_000);

test("its port lets one role into one database, with a password, and to read three tables", async () => {
  const source = sandboxes.sources.find(({ connector }) => connector === "postgres-ledger");
  if (source === undefined) throw new Error("the demo has no core database");
  const { host, port, password } = source.config as { host: string; port: number; password: string }; // of the sandbox
  const login = async (settings: pg.ClientConfig): Promise<string> => {
    const client = new pg.Client({ host, port, user: READER, database: DATABASE, password, ssl: false, ...settings });
    client.on("error", () => undefined);
    try {
      await client.connect();
      const { rows: found } = await client.query<{ who: string }>("select current_user as who from core.accounts");
      await expect(client.query("update core.accounts set balance = 0")).rejects.toMatchObject({ code: "42501" });
      return found[0]?.who ?? "";
    } finally {
      await client.end();
    }
  };
  expect(await login({})).toBe(READER);
  await expect(login({ password: `${password}!` })).rejects.toMatchObject({ code: "28P01" });
  await expect(login({ user: server.address.user })).rejects.toMatchObject({ code: "28000" });
  await expect(login({ database: server.address.database })).rejects.toMatchObject({ code: "28000" });
}, 240_000);
