import { afterAll, beforeAll, expect, test } from "@jest/globals";
import pg from "pg";
import { claimAlert } from "../../../src/alerts/claim-alert.ts";
import { findDueEndpoints } from "../../../src/alerts/find-due.ts";
import { alertRetention } from "../../../src/alerts/retention.ts";
import { routePage } from "../../../src/alerts/route-alerts.ts";
import { DEFAULT_ALERT_TIMES } from "../../../src/alerts/alert.ts";
import { listAlerts } from "../../../src/graph/queries/find-alerts.ts";
import type { Database, Transaction } from "../../../src/store/database.ts";
import { type AlertWorld, useAlertWorld } from "../../helpers/alert-world.ts";
import { analyze, plansOfWork } from "../../helpers/plans.ts";

/** Messages that have ended, and events that are not reported. */
const MANY = 30_000;

let world: AlertWorld;
let endpointId: string;
beforeAll(async () => {
  world = await useAlertWorld();
  ({ id: endpointId } = await world.endpoint("http://127.0.0.1:9/"));
  await world.sql(
    `insert into alerts (tenant_id, id, endpoint_id, source_id, type, subject, severity, status, data, created_at, finished_at)
     select 'acme', 'old-' || n, $1, 'main', 'FINDING_OPENED', 'finding-' || n, 'INFO', 'DELIVERED', '{}',
       now() - n * interval '1 minute', now() - n * interval '1 minute' from generate_series(1, $2::int) n`,
    [endpointId, MANY],
  );
  await world.sql(
    `insert into events (tenant_id, seq, at, source_id, kind, data)
     select 'acme', n, now(), 'main', 'RunStarted', '{"runId": "r"}' from generate_series(1, $1::int) n`,
    [MANY],
  );
  await world.sql("insert into event_heads (tenant_id, head, floor) values ('acme', $1, 0)", [MANY]);
  // Endpoints of other tenants, at which nothing is due.
  await sqlOfOwner(
    `insert into sluice.alert_endpoints (tenant_id, id, name, origin, form, sealed, wrapped_key, key_id, min_severity,
       status, after_seq, created_by, due_at)
     select 'tenant-' || n, 'ale', 'operators', 'https://example.com', 'CHAT_TEXT', '', '', 'key', 'INFO',
       case n % 3 when 0 then 'FAILED' else 'ACTIVE' end, 0, 'kim',
       case n % 3 when 0 then now() - interval '1 day' when 1 then now() + interval '1 hour' else 'infinity' end
     from generate_series(1, $1::int / 10) n`,
  );
  await analyze(world.store, "alerts", "events", "alert_endpoints");
  await world.open("new");
  await world.health("IN_STEP", "OUT_OF_STEP");
}, 120_000);
afterAll(async () => world[Symbol.asyncDispose]());

/** Runs SQL as the owner of the tables, who sees every tenant's rows. @param text its parameter is `MANY` */
async function sqlOfOwner(text: string): Promise<void> {
  const client = new pg.Client(world.store.connection);
  await client.connect();
  await client.query(text, [MANY]);
  await client.end();
}

/** Large tables of which a statement reads all rows. */
async function wholeReads(work: (tx: Transaction) => Promise<unknown>): Promise<readonly string[]> {
  const plans = await plansOfWork(world.store, work);
  expect(plans.length).toBeGreaterThan(0);
  const isLarge = (name: string | undefined) => name === "alerts" || name === "events";
  return plans
    .filter((plan) => plan["Node Type"] === "Seq Scan" && isLarge(plan["Relation Name"]))
    .map((plan) => plan["Relation Name"] ?? "");
}

test("messages are made of the few events that are reported, whatever else is in the log", async () => {
  expect(await wholeReads((tx) => routePage(tx, DEFAULT_ALERT_TIMES))).toEqual([]);
  expect((await world.messages()).filter(({ status }) => status === "PENDING")).toHaveLength(2);
});

test("the next message, the history and the old ones are found by indexes", async () => {
  expect(await wholeReads((tx) => claimAlert(tx, endpointId, "me", 1_000))).toEqual([]);
  const page = { limit: 20, after: undefined };
  for (const filter of [{}, { endpointIds: [endpointId] }, { status: ["PENDING"] }, { sourceIds: ["other"] }])
    expect(await wholeReads((tx) => listAlerts(tx, filter, page))).toEqual([]);
  const batch = { days: 10, after: undefined, limit: undefined };
  expect(await wholeReads((tx) => alertRetention.deleteBatch(tx, batch))).toEqual([]);
});

test("endpoints that are due are found over all tenants by an index, which reads none that is due later, or ended", async () => {
  await world.sql("update alert_endpoints set due_at = now(), lease_until = null where id = $1", [endpointId]);
  let plan = "";
  const explaining: Database = {
    ...world.db,
    async acrossTenants(text, values = []) {
      plan += JSON.stringify(await world.db.acrossTenants(`explain (analyze) ${text}`, values));
      return world.db.acrossTenants(text, values);
    },
  };
  const { subjects } = await findDueEndpoints(explaining, { limit: 100, except: [] });
  expect(subjects).toMatchObject([{ key: `acme/${endpointId}` }]);
  expect(plan).toMatch(/Index Scan using alert_endpoints_due .*rows=1\.00 /);
  expect(plan).not.toMatch(/Seq Scan on alert_endpoints|Rows Removed/);
});
