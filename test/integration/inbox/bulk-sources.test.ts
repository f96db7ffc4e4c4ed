import { afterAll, beforeAll, expect, test } from "@jest/globals";
import pg from "pg";
import { discardDeliveries } from "../../../src/ingest/webhooks/discard-deliveries.ts";
import { replayDeliveries } from "../../../src/ingest/webhooks/replay-deliveries.ts";
import { hookDatabase } from "../../helpers/hooked-database.ts";
import { addDeliveries } from "../../helpers/delivery-world.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";

let store: TestStore;
let client: pg.Client;
beforeAll(async () => {
  store = await useStore();
  client = new pg.Client(store.connection);
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await store[Symbol.asyncDispose]();
});

const WHY = { reason: "not needed", by: "ada" };

/** Adds sources of a tenant, each with one parked delivery that was not announced. */
async function addSources(tenantId: string, count: number): Promise<void> {
  await client.query(
    `insert into sluice.sources (tenant_id, id, connector, status, status_since)
     select $1, $1 || '-' || n, 'stripe', 'ACTIVE', now() from generate_series(1, $2) as n`,
    [tenantId, count],
  );
  const template = { database: store.db, tenantId, sourceId: `${tenantId}-1` };
  await addDeliveries(template, [{ key: `${tenantId}-1`, status: "PARKED" }]);
  for (const [table, key] of [
    ["deliveries", "id"],
    ["delivery_bodies", "delivery_id"],
  ] as const) {
    const { rows } = await client.query<{ columns: string }>(
      `select string_agg(quote_ident(column_name), ', ' order by ordinal_position) as columns
       from information_schema.columns
       where table_schema = 'sluice' and table_name = $1 and column_name not in ($2, 'source_id') and is_generated = 'NEVER'`,
      [table, key],
    );
    const hasSource = table === "deliveries";
    await client.query(
      `insert into sluice.${table} (${key}, ${hasSource ? "source_id, " : ""}${rows[0]?.columns})
       select ${key} || '-' || n, ${hasSource ? `'${tenantId}-' || n, ` : ""}${rows[0]?.columns}
       from sluice.${table}, generate_series(2, ${count}) as n where tenant_id = '${tenantId}'`,
    );
  }
}

/** Number of statements of the operations on the deliveries of all sources of a tenant. */
async function statementsOf(tenantId: string, sources: number): Promise<number> {
  const texts: string[] = [];
  const db = hookDatabase(store.db, { rewrite: (text) => (texts.push(text), text) });
  const replayed = await replayDeliveries(db, tenantId, { filter: { status: ["PARKED"] }, limit: 1_000 });
  expect({ ...replayed, sourceIds: replayed.sourceIds.length }).toEqual({
    count: sources,
    end: undefined,
    sourceIds: sources,
  });
  expect(await discardDeliveries(db, tenantId, { filter: {}, limit: 1_000 }, WHY)).toEqual({
    count: sources,
    end: undefined,
  });
  const { rows } = await client.query(
    "select status, count(*)::int from sluice.deliveries where tenant_id = $1 group by 1",
    [tenantId],
  );
  expect(rows).toEqual([{ status: "DISCARDED", count: sources }]);
  return texts.length;
}

test("a replay and a discard by filter send as many statements for 300 sources as for 2", async () => {
  await addSources("acme", 2);
  await addSources("umbrella", 300);
  const few = await statementsOf("acme", 2);
  expect(few).toBeGreaterThan(0);
  expect(await statementsOf("umbrella", 300)).toBe(few);
});
