import { afterAll, beforeAll, expect, test } from "@jest/globals";
import pg from "pg";
import { ServiceError } from "../../../src/domain/error.ts";
import { createDatabase, type Database } from "../../../src/store/database.ts";
import { eventually } from "../../helpers/eventually.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";

const STATEMENT = "select pg_sleep(3600)";

let store: TestStore;
let database: Database;
/** As the owner: the application's role does not see the statements of others. */
let owner: pg.Client;
beforeAll(async () => {
  store = await useStore();
  owner = new pg.Client(store.connection);
  await owner.connect();
  database = createDatabase({ connection: store.connection, max: 3, statementMs: 3_600_000 });
});
afterAll(async () => {
  await database.close();
  await owner.end();
  await store[Symbol.asyncDispose]();
});

const pidOf = (): Promise<number> =>
  database.read("acme", async (tx) => {
    const [row] = await tx.query<{ pid: number }>("select pg_backend_pid() as pid");
    return row?.pid ?? 0;
  });

async function isRunning(): Promise<boolean> {
  const text = "select from pg_stat_activity where query = $1 and state = 'active'";
  const { rows } = await owner.query(text, [STATEMENT]);
  return rows.length > 0;
}

test("a statement whose result is no longer needed ends at the server, and other connections stay open (F103)", async () => {
  const pid = await pidOf();
  const leaving = new AbortController();
  const idle = Promise.withResolvers<void>();
  const kept = database.read("acme", async (tx) => {
    await tx.query("select 1");
    await idle.promise; // so that the long statement gets a connection of its own
    return 0;
  });
  const read = database.read("acme", (tx) => tx.query(STATEMENT), { unneeded: leaving.signal });
  const outcome = Promise.allSettled([read]);
  await eventually("the statement", isRunning);
  leaving.abort(new ServiceError("CANCELED", "the client disconnected"));
  expect(await outcome).toMatchObject([
    { status: "rejected", reason: { code: "CANCELED", publicMessage: "the client disconnected" } },
  ]);
  await eventually("its end at the server", async () => !(await isRunning()));
  idle.resolve();
  await kept;
  expect(await pidOf()).toBe(pid);
});

test("a read that ends soon after its result is no longer needed keeps its connection (F103)", async () => {
  const leaving = new AbortController();
  const pid = await pidOf();
  const read = database.read("acme", (tx) => tx.query("select pg_backend_pid() as pid"), { unneeded: leaving.signal });
  leaving.abort();
  expect(await read).toEqual([{ pid }]);
  expect(await pidOf()).toBe(pid);
});
