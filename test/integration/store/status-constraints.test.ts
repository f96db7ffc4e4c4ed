import { afterAll, beforeAll, expect, test } from "@jest/globals";
import pg from "pg";
import {
  ALERT,
  ALERT_ENDPOINT,
  CONNECTION,
  DELIVERY,
  EVIDENCE_PACK,
  FEED,
  FILE,
  QUARANTINE,
  RUN,
  SOURCE,
  statesOf,
  STREAM,
} from "../../../src/domain/lifecycles.ts";
import { RANGE_STATUSES } from "../../../src/ingest/polling/ranges/range.ts";
import { TABLE_OWNERS, WRITTEN_BY_THE_DATABASE } from "../../architecture/table-owners.ts";
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

test.each([
  ["sources", statesOf(SOURCE)],
  ["source_settings", statesOf(CONNECTION)],
  ["sync_runs", statesOf(RUN)],
  ["sync_run_streams", statesOf(STREAM)],
  ["stream_ranges", RANGE_STATUSES],
  ["deliveries", statesOf(DELIVERY)],
  ["evidence_packs", statesOf(EVIDENCE_PACK)],
  ["files", statesOf(FILE)],
  ["change_feeds", statesOf(FEED)],
  ["quarantined_records", statesOf(QUARANTINE)],
  ["alerts", statesOf(ALERT)],
  ["alert_endpoints", statesOf(ALERT_ENDPOINT)],
])("%s: the database allows exactly the statuses of the lifecycle", async (table, states) => {
  const { rows } = await client.query<{ definition: string }>(
    "select pg_get_constraintdef(oid) as definition from pg_constraint where conname = $1",
    [`${table}_status_check`],
  );
  const allowed = [...(rows[0]?.definition.matchAll(/'(\w+)'/g) ?? [])].map(([, state]) => state);
  expect(new Set(allowed)).toEqual(new Set(states));
});

test("every table of the schema has an owner in the code", async () => {
  const { rows } = await client.query<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'sluice' and table_type = 'BASE TABLE'",
  );
  const owned = [...Object.keys(TABLE_OWNERS), ...WRITTEN_BY_THE_DATABASE];
  expect(rows.map(({ name }) => name).toSorted()).toEqual(owned.toSorted());
});

test("every constraint is validated", async () => {
  const { rows } = await client.query("select conname from pg_constraint where not convalidated");
  expect(rows).toEqual([]);
});

test.each([
  ["a run that has ended without a time", "sync_runs", "status = 'FAILED', finished_at = null"],
  ["a run that is open with the time of its end", "sync_runs", "finished_at = now()"],
  ["an unknown status", "sync_runs", "status = 'NO_SUCH_STATUS'"],
])("the database refuses %s", async (_name, table, change) => {
  await client.query("begin");
  await client.query(
    `insert into sluice.sync_runs (tenant_id, id, source_id, mode, trigger, status, created_at, event_seq)
     values ('acme', 'run_1', 'main', 'FULL', 'REQUEST', 'QUEUED', now(), 0)`,
  );
  await expect(client.query(`update sluice.${table} set ${change}`)).rejects.toMatchObject({ code: "23514" });
  await client.query("rollback");
});
