import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import pg from "pg";
import { deleteSource } from "../../../src/sources/connected/delete-source.ts";
import {
  CHILDREN,
  OF_CONNECTION,
  OF_TENANT,
  OWNED,
  readErasurePlan,
} from "../../../src/sources/erasure/erasure-plan.ts";
import { claimErasure, type ErasureLease } from "../../../src/sources/erasure/erasure-rows.ts";
import { eraseSource } from "../../../src/sources/erasure/erase-source.ts";
import { findErasing, startErasures } from "../../../src/sources/erasure/erasures.ts";
import type { Database } from "../../../src/store/database.ts";
import { type ConnectedWorld, useConnectedWorld } from "../../helpers/connected-world.ts";
import { startErasureProcess } from "../../helpers/erasure-process.ts";
import { eventually } from "../../helpers/eventually.ts";
import { filledRows, fillEveryTable, type FilledTable, tablesOfTenants } from "../../helpers/fill-every-table.ts";

let world: ConnectedWorld;
let client: pg.Client;
let tables: readonly FilledTable[];
beforeAll(async () => {
  world = await useConnectedWorld();
  client = new pg.Client(world.store.connection);
  await client.connect();
  tables = (await tablesOfTenants(client)).filter(({ table }) => ![...OF_TENANT, ...OF_CONNECTION].includes(table));
});
afterAll(async () => {
  await client.end();
  await world[Symbol.asyncDispose]();
});

/** Counts of several sources are written by one statement: it does not fail, and leaves out those of an erased one. */
const SKIPPED: readonly string[] = ["source_metrics", "webhook_counts"];
const SIGNAL = new AbortController().signal;
const ROWS = 3;
const plan = () => world.store.db.read("acme", readErasurePlan);

async function connect(id: string): Promise<void> {
  await world.sources.connect("acme", world.request({ id }), SIGNAL);
}

/** Number of rows of each table that belong to a source, by the texts that `fillEveryTable` wrote; 0 left out. */
async function rowsOf(sourceId: string): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {};
  for (const { table } of await tablesOfTenants(client)) {
    const { rows } = await client.query<{ count: string }>(
      `select count(*) from sluice.${table} as stored where to_jsonb(stored)::text like '%"' || $1 || '%'`,
      [sourceId],
    );
    if (rows[0]?.count !== "0") counts[table] = Number(rows[0]?.count);
  }
  return counts;
}

const everyTable = (count: number) => Object.fromEntries(tables.map((each) => [each.table, filledRows([each], count)]));

async function claim(owner: string): Promise<ErasureLease> {
  return eventually("an erasure that can be claimed", () => claimErasure(world.store.db, "acme", owner));
}

async function eraseAll(owner: string): Promise<void> {
  await eventually("the erasure to finish", async () => {
    const lease = await claim(owner);
    const options = { db: world.store.db, tenantId: "acme", lease, forget: deleteSource, signal: SIGNAL };
    return (await eraseSource(options)) === "finished";
  });
}

async function progressOf(sourceId: string) {
  const { rows } = await client.query<{ deleted_rows: string; finished: boolean }>(
    "select deleted_rows, finished_at is not null as finished from sluice.source_erasures where source_id = $1",
    [sourceId],
  );
  return rows[0] && { deletedRows: Number(rows[0].deleted_rows), finished: rows[0].finished };
}

describe("the tables of a source", () => {
  test("are all tables of tenants: none is forgotten", async () => {
    const children = Object.values(CHILDREN).flatMap((own) => own.map(({ table }) => table));
    const erased = [...(await plan()).map(({ table }) => table), ...children];
    expect(erased.toSorted()).toEqual(tables.map(({ table }) => table).toSorted());
    expect((await plan()).filter(({ isIndexed, key }) => !isIndexed && key.length === 0)).toEqual([]);
    expect(Object.keys(OWNED)).toEqual(expect.arrayContaining(["account_currencies"]));
  });

  test("refuse rows of an erased source, each by the policy or the trigger", async () => {
    const { rows } = await client.query<{ table: string }>(
      `select tablename as table from pg_policies where policyname = 'source_not_erased'
       union select tgrelid::regclass::text from pg_trigger where tgname like '%_of_erased'`,
    );
    const fenced = rows.map(({ table }) => table.replace(/^sluice\./, ""));
    const owned = Object.keys(OWNED);
    expect(fenced.toSorted()).toEqual(
      (await plan()).flatMap(({ table }) => (owned.includes(table) ? [] : table)).toSorted(),
    );
  });
});

describe("disconnectSource that erases the data", () => {
  test("deletes everything of the source and nothing of another one, with its progress visible", async () => {
    await connect("erased-1");
    await connect("kept-1");
    for (const id of ["erased-1", "kept-1"])
      await fillEveryTable(client, tables, { tenantId: "acme", sourceId: id, rows: ROWS });
    const before = await rowsOf("kept-1");
    expect(before).toMatchObject(everyTable(ROWS));
    await world.sources.disconnect("acme", "erased-1", "ERASE");
    expect(await progressOf("erased-1")).toEqual({ deletedRows: 0, finished: false });
    await eraseAll("worker");
    expect(await rowsOf("erased-1")).toEqual({ source_erasures: 1 });
    expect(await rowsOf("kept-1")).toEqual(before);
    expect(await progressOf("erased-1")).toEqual({ deletedRows: filledRows(tables, ROWS), finished: true });
  });

  test("is continued by another process where the first one was killed", async () => {
    await connect("erased-2");
    await fillEveryTable(client, tables, { tenantId: "acme", sourceId: "erased-2", rows: ROWS });
    await world.sources.disconnect("acme", "erased-2", "ERASE");
    const { db } = world.store;
    let transactions = 0;
    const killed: Database = {
      ...db,
      transaction(tenantId, work, options) {
        transactions += 1;
        if (transactions > 10) throw new Error("killed");
        return db.transaction(tenantId, work, options);
      },
    };
    await eventually("the first process to be in the middle of its work", async () => {
      const lease = await claim("first");
      transactions = 0;
      const options = { db: killed, tenantId: "acme", lease, forget: deleteSource, signal: SIGNAL };
      const result = await eraseSource(options).catch((reason: unknown) => reason);
      return result instanceof Error;
    });
    const half = await progressOf("erased-2");
    expect(half?.finished).toBe(false);
    expect(half?.deletedRows).toBeGreaterThan(0);
    expect(await claimErasure(db, "acme", "second")).toBeUndefined(); // until the lease has expired
    await client.query("update sluice.source_erasures set lease_until = now() - interval '1 second'");
    await eraseAll("second");
    expect(await rowsOf("erased-2")).toEqual({ source_erasures: 1 });
    expect(await progressOf("erased-2")).toEqual({ deletedRows: filledRows(tables, ROWS), finished: true });
  });

  test("is finished by the next process when others are killed in the middle of a batch, and after one", async () => {
    await connect("erased-6");
    await fillEveryTable(client, tables, { tenantId: "acme", sourceId: "erased-6", rows: ROWS });
    await world.sources.disconnect("acme", "erased-6", "ERASE");
    const { connection } = world.store;
    const total = filledRows(tables, ROWS);
    let deleted = 0;
    for (const [killAt, batches] of [
      ["after the commit", 2],
      ["before the commit", 3],
    ] as const) {
      await using killed = startErasureProcess({ connection, killAt, batches });
      expect([await killed.exited, await killed.finished]).toEqual(["SIGKILL", undefined]);
      const half = await progressOf("erased-6");
      expect(half?.finished).toBe(false);
      expect(half?.deletedRows).toBeGreaterThan(deleted);
      expect(half?.deletedRows).toBeLessThan(total);
      deleted = half?.deletedRows ?? 0;
      const left = Object.entries(await rowsOf("erased-6")).filter(([table]) => !OF_CONNECTION.includes(table));
      expect(left.reduce((sum, [, count]) => sum + count, 0)).toBe(total - deleted);
      await client.query("update sluice.source_erasures set lease_until = now() - interval '1 second'");
    }
    await using next = startErasureProcess({ connection, killAt: "never", batches: 0 });
    expect(await next.finished).toBe("erased-6");
    expect(await rowsOf("erased-6")).toEqual({ source_erasures: 1 });
    expect(await progressOf("erased-6")).toEqual({ deletedRows: total, finished: true });
  });

  test("keeps a late worker from writing, while it runs and afterwards", async () => {
    await connect("erased-3");
    await fillEveryTable(client, tables, { tenantId: "acme", sourceId: "erased-3", rows: 1 });
    await world.sources.disconnect("acme", "erased-3", "ERASE");
    const { db } = world.store;
    const late = async () => {
      const results = [];
      for (const { table, columns } of tables.filter((one) => one.columns.includes("source_id"))) {
        const inserted = db.transaction("acme", (tx) =>
          fillEveryTable(tx, [{ table, columns }], { tenantId: "acme", sourceId: "erased-3", rows: 1, from: 50 }),
        );
        results.push(
          await inserted
            .then(
              () => "written",
              ({ code }: { code: string }) => `${code}`,
            )
            .then((code) => [table, code]),
        );
      }
      return Object.fromEntries(results);
    };
    const refused = Object.fromEntries(
      tables
        .filter((one) => one.columns.includes("source_id"))
        .map(({ table }) => [table, SKIPPED.includes(table) ? "written" : "NOT_FOUND"]),
    );
    expect(await late()).toEqual(refused);
    const changed = db.transaction("acme", (tx) =>
      tx.query("update stream_states set last_success_at = now() where source_id = 'erased-3'"),
    );
    await expect(changed).rejects.toMatchObject({ code: "NOT_FOUND" });
    await eraseAll("worker");
    expect(await late()).toEqual(refused);
    expect(await rowsOf("erased-3")).toEqual({ source_erasures: 1 });
  });

  test("waits for transactions that are older than the erasure", async () => {
    await connect("erased-4");
    const writing = new pg.Client(world.store.connection);
    await writing.connect();
    await writing.query("begin; set local role sluice_app; set local search_path = sluice");
    await writing.query("select set_config('sluice.tenant', 'acme', true)");
    await writing.query("insert into stream_refresh_requests values ('acme', 'erased-4', 'early', now())");
    await world.sources.disconnect("acme", "erased-4", "ERASE");
    await client.query(
      "update sluice.source_erasures set started_at = now() - interval '1 minute' where source_id = 'erased-4'",
    );
    const erase = async () => {
      const lease = await claim("worker");
      return eraseSource({ db: world.store.db, tenantId: "acme", lease, forget: deleteSource, signal: SIGNAL });
    };
    expect(await erase()).toBe("waiting");
    await writing.query("commit");
    await writing.end();
    await eraseAll("worker");
    expect(await rowsOf("erased-4")).toEqual({ source_erasures: 1 });
  });

  test("makes the id free, and a source that is connected with it has no history", async () => {
    await connect("erased-5");
    await world.sources.disconnect("acme", "erased-5", "KEEP");
    await world.sources.disconnect("acme", "erased-5", "ERASE");
    await expect(connect("erased-5")).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(world.sources.disconnect("acme", "erased-5", "KEEP")).rejects.toMatchObject({ code: "CONFLICT" });
    const finished: string[] = [];
    const erasures = startErasures({
      db: world.store.db,
      findTenants: () => findErasing(world.store.db),
      forget: deleteSource,
      onFinished: (sourceId) => finished.push(sourceId),
      onProblem: (reason) => finished.push(String(reason)),
      random: Math.random,
    });
    await eventually("the erasure to finish", () => finished.length > 0);
    await erasures.close(5_000);
    expect(finished).toEqual(["erased-5"]);
    await connect("erased-5");
    await fillEveryTable(client, tables, { tenantId: "acme", sourceId: "erased-5", rows: 1 });
    expect(await rowsOf("erased-5")).toMatchObject(everyTable(1));
    expect(await progressOf("erased-5")).toBeUndefined();
  });
});
