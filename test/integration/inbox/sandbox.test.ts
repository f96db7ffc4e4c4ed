import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { truthOf, useSandbox } from "../../../sandbox/stripe/testing.ts";
import { migrate } from "../../../src/store/migrate.ts";
import { startInboxService } from "../../helpers/inbox-service.ts";
import { type TestDatabase, useDatabase } from "../../helpers/postgres.ts";
import { eventually, WAIT_LIMIT_MS } from "../../helpers/eventually.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await useDatabase({ template: async (connection) => void (await migrate(connection)) });
});
afterAll(() => database.close());

test("duplicated and reordered webhooks, with forged ones among them, end in the sandbox's state (F42) (F49)", async () => {
  await using sandbox = await useSandbox();
  await using service = await startInboxService({
    connection: database.connection,
    sources: [{ id: "stripe-acme", tenantId: "acme", config: sandbox.config }],
  });
  await sandbox.control("POST", "webhook-endpoints", {
    url: `${service.url}/webhooks/stripe-acme`,
    secrets: sandbox.config.webhookSecrets,
  });
  await sandbox.control("POST", "faults", { duplicate: 0.3, reorder: 0.5, forge: 0.1 });
  for (let burst = 0; burst < 5; burst += 1) await sandbox.control("POST", "activity", { count: 60 });
  expect(await sandbox.control("POST", "quiesce", { timeoutMs: WAIT_LIMIT_MS })).toMatchObject({ quiet: true });
  const query = (text: string) => service.db.read("acme", (tx) => tx.query(text));
  await eventually(
    "everything is applied and settled",
    async () =>
      (await query("select 1 from deliveries where status <> 'APPLIED' union all select 1 from refetches")).length ===
      0,
  );

  expect(service.inbox.stats().refused).toBeGreaterThan(0);
  let compared = 0;
  for (const [type, table] of [
    ["payment_intent", "payments"],
    ["refund", "refunds"],
    ["dispute", "disputes"],
    ["charge", "payment_attempts"],
  ] as const) {
    const { objects } = await truthOf(sandbox, type);
    compared += objects.length;
    const rows = await query(
      `select external_id, raw_status from ${table} where external_id not like 'ch_%' or '${type}' = 'charge'`,
    );
    const stored = new Map(rows.map((row) => [row["external_id"], row["raw_status"]]));
    expect([type, stored]).toEqual([type, new Map(objects.map((object) => [object.id, object["status"]]))]);
  }
  expect(compared).toBeGreaterThan(50);
  const { objects, deleted } = await truthOf(sandbox, "customer");
  const parties = await query("select external_id, name, deleted_at is null as here from parties");
  const here = parties.filter((row) => row["here"] === true);
  expect(new Map(here.map((row) => [row["external_id"], row["name"]]))).toEqual(
    new Map(objects.map((object) => [object.id, object["name"]])),
  );
  expect(new Set(parties.filter((row) => row["here"] === false).map((row) => row["external_id"]))).toEqual(
    new Set(deleted),
  );
});
