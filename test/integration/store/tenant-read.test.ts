import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import pg from "pg";
import { createDatabase, type Database } from "../../../src/store/database.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";

let store: TestStore;
/** One connection, which all reads share. */
let db: Database;
beforeAll(async () => {
  store = await useStore();
  db = createDatabase({ connection: store.connection, max: 1 });
  for (const tenantId of ["acme", "umbrella"])
    await db.transaction(tenantId, (tx) =>
      tx.query("insert into event_heads (tenant_id, head, floor) values ($1, 7, 0)", [tenantId]),
    );
});
afterAll(async () => {
  await db.close();
  await store[Symbol.asyncDispose]();
});

const TENANTS = "select tenant_id from event_heads order by tenant_id";
const SETTINGS = `select current_setting('sluice.tenant', true) as tenant,
  current_setting('transaction_read_only') as "readOnly", pg_backend_pid() as pid`;

describe("reads of one connection", () => {
  test("see the rows of their own tenant, in any order of the tenants, also while others are sent", async () => {
    for (const tenantId of ["acme", "umbrella", "umbrella", "acme"])
      expect(await db.read(tenantId, (tx) => tx.query(TENANTS))).toEqual([{ tenant_id: tenantId }]);
    const together = ["acme", "umbrella", "acme"].map((tenantId) =>
      db.read(tenantId, (tx) => Promise.all([tx.query(TENANTS), tx.query(TENANTS)])),
    );
    expect(await Promise.all(together)).toEqual(
      ["acme", "umbrella", "acme"].map((tenantId) => [[{ tenant_id: tenantId }], [{ tenant_id: tenantId }]]),
    );
  });

  test("leave neither a tenant nor another setting behind: the next user of the connection sees no rows", async () => {
    const [during] = await db.read("acme", (tx) => tx.query(SETTINGS));
    const [after] = await db.query(SETTINGS);
    expect([during, after]).toEqual([
      { tenant: "acme", readOnly: "on", pid: during?.["pid"] },
      { tenant: "", readOnly: "off", pid: during?.["pid"] },
    ]);
    expect(await db.query(TENANTS)).toEqual([]);
  });

  test("take a tenant's name as a value, whatever its characters", async () => {
    const name = `o'neil"; drop table sluice.event_heads; --`;
    expect(await db.read(name, (tx) => tx.query(TENANTS))).toEqual([]);
    expect(await db.read(name, (tx) => tx.query("select current_setting('sluice.tenant') as name"))).toEqual([
      { name },
    ]);
  });

  test("cannot write", async () => {
    const write = db.read("acme", (tx) => tx.query("update event_heads set head = 8"));
    await expect(write).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
    const [head] = await db.read("acme", (tx) => tx.query("select head from event_heads"));
    expect(head).toEqual({ head: 7n });
  });

  test("fail alone: what was sent beside and after a failed statement is answered", async () => {
    const results = await db.read("acme", (tx) =>
      Promise.allSettled([
        tx.query(TENANTS),
        tx.query("select 1 / $1::int as n", [0]),
        tx.query("select from no_such_table"),
        tx.query(TENANTS),
      ]),
    );
    expect(results).toMatchObject([
      { status: "fulfilled", value: [{ tenant_id: "acme" }] },
      { status: "rejected", reason: { code: "22012" } },
      { status: "rejected", reason: { code: "42P01" } },
      { status: "fulfilled", value: [{ tenant_id: "acme" }] },
    ]);
    expect(await db.read("umbrella", (tx) => tx.query("select 1 / $1::int as n", [1]))).toEqual([{ n: 1 }]);
    await expect(db.read("umbrella", (tx) => tx.query("select 1 / $1::int as n", [0]))).rejects.toMatchObject({
      code: "INTERNAL",
    });
  });

  test("work with more statements than a connection keeps prepared, and with one that was evicted", async () => {
    const select = (n: number) => db.read("acme", (tx) => tx.query(`select ${n} as n, tenant_id from event_heads`));
    for (const n of [...Array(100).keys(), 0, 1, 99]) expect(await select(n)).toEqual([{ n, tenant_id: "acme" }]);
    const kept = await db.query("select count(*)::int as kept from pg_prepared_statements");
    expect(Number(kept[0]?.["kept"])).toBeLessThan(80);
  });

  test("return every column again after a migration has changed one", async () => {
    const owner = new pg.Client(store.connection);
    await owner.connect();
    try {
      await owner.query("create table sluice.changing (n integer); grant select on sluice.changing to sluice_app");
      await owner.query("insert into sluice.changing values (1)");
      const select = () => db.read("acme", (tx) => tx.query("select n from changing"));
      expect([await select(), await select()]).toEqual([[{ n: 1 }], [{ n: 1 }]]);
      await owner.query("alter table sluice.changing alter column n type text");
      expect([await select(), await select()]).toEqual([[{ n: "1" }], [{ n: "1" }]]);
    } finally {
      await owner.query("drop table if exists sluice.changing");
      await owner.end();
    }
  });
});
