import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import pg from "pg";
import { createDatabase, type Database } from "../../../src/store/database.ts";
import { preparedName } from "../../../src/store/prepared-name.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";

let store: TestStore;
beforeAll(async () => {
  store = await useStore();
});
afterAll(async () => store[Symbol.asyncDispose]());

/** As its owner, outside the service. */
async function asOwner(statements: readonly string[]): Promise<void> {
  const client = new pg.Client(store.connection);
  await client.connect();
  for (const text of statements) await client.query(text);
  await client.end();
}

/** A database with one connection, whose plans can be seen. */
function withOneConnection(plansMs: number, genericPlans = false): Database & AsyncDisposable {
  const db = createDatabase({ connection: store.connection, max: 1, plansMs, genericPlans });
  return { ...db, [Symbol.asyncDispose]: () => db.close() };
}

const SELECT = "select value from growing where key = $1";
const find = (db: Database) =>
  db.transaction("acme", (tx) => tx.query(SELECT, [1], { prepared: true }).then((rows) => rows.length));

/** Returns the plan that the connection has for the statement. */
async function planOf(db: Database): Promise<string> {
  const rows = await db.transaction("acme", (tx) =>
    tx.query<{ "QUERY PLAN": string }>(`explain (costs off) execute ${preparedName(SELECT)} (1)`),
  );
  return rows.map((row) => row["QUERY PLAN"]).join("\n");
}

describe("a prepared statement", () => {
  /** Without statistics of its own making: what is tested is a plan that nothing else replaces. */
  const TABLE = "create table sluice.growing (key integer primary key, value text) with (autovacuum_enabled = false)";
  const GROW = "insert into sluice.growing select n, 'x' from generate_series(2, 50000) as n";
  const TRIES = 5;
  const USES = 8; // PostgreSQL plans the first five for their values

  /** @returns the plans in the small table, and after it has grown */
  async function plansWhile(db: Database): Promise<readonly [string, string]> {
    await asOwner(["drop table if exists sluice.growing", TABLE, "insert into sluice.growing values (1, 'x')"]);
    await asOwner(["analyze sluice.growing", "grant select on sluice.growing to sluice_app"]);
    for (let use = 0; use < USES; use += 1) expect(await find(db)).toBe(1);
    const small = await planOf(db);
    await asOwner([GROW]);
    return [small, await planOf(db)];
  }

  test("keeps its plan while its connection's plans are young", async () => {
    // The server itself drops the plans of all sessions when many tables are created or dropped, by any test. Each try
    // has a connection of its own: PostgreSQL remembers what the plans of a statement cost before.
    const tryOnce = async (): Promise<readonly [string, string]> => {
      await using db = withOneConnection(3_600_000);
      return await plansWhile(db);
    };
    let [small, grown] = await tryOnce();
    for (let tries = 1; grown !== small && tries < TRIES; tries += 1) [small, grown] = await tryOnce();
    expect(small).toContain("Seq Scan on growing");
    expect(small).toContain("key = $1"); // made without the value
    expect(grown).toBe(small);
  });

  test("is planned again after that, so that a table that has grown is not read as a whole", async () => {
    await using db = withOneConnection(0);
    const [small, grown] = await plansWhile(db);
    expect(small).toContain("Seq Scan on growing");
    expect(grown).toContain("growing_pkey");
  });
});

test("a prepared statement is never planned for its values on connections with generic plans", async () => {
  const text = "select value from unnest($1::integer[], $2::integer[]) as given (value, other) where value < other";
  const USES = 20;
  async function customPlans(genericPlans: boolean): Promise<bigint | undefined> {
    await using db = withOneConnection(3_600_000, genericPlans);
    for (let use = 0; use < USES; use += 1) await db.query(text, [[use], [use]], { prepared: true });
    const counts = "select custom_plans as count from pg_prepared_statements where name = $1";
    return (await db.query<{ count: bigint }>(counts, [preparedName(text)]))[0]?.count;
  }
  expect(await customPlans(false)).toBeGreaterThan(0n);
  expect(await customPlans(true)).toBe(0n);
});

test("names of prepared statements are short and differ by text", () => {
  const [first, second] = ["select 1", "select 2"].map((text) => preparedName(`${text} /* ${"x".repeat(100)} */`));
  expect(first).toMatch(/^s[0-9a-f]{24}$/);
  expect(first).not.toBe(second);
});
