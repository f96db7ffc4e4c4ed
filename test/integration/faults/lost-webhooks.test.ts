import { expect, test } from "@jest/globals";
import pg from "pg";
import { findHealth } from "../../../src/diagnosis/find-health.ts";
import { eventually } from "../../helpers/eventually.ts";
import { SOURCE, TENANT, useStripeInStep, type StripeInStep } from "../../helpers/stripe-in-step.ts";

const HOUR_MS = 3_600_000;

const findingsOf = (service: StripeInStep, kind: string) =>
  service.query<{ open: boolean; evidence: Record<string, unknown> }>(
    "select closed_at is null as open, evidence from findings where kind = $1",
    [kind],
  );
const runsOf = (service: StripeInStep, trigger: string) =>
  service.query<{ status: string }>("select status from sync_runs where trigger = $1", [trigger]);
/** Rules that conclude something, with their causes. */
async function diagnosesOf({ inbox }: StripeInStep): Promise<readonly string[]> {
  const [health] = await inbox.db.read(TENANT, (tx) => findHealth(tx, [SOURCE]));
  return health?.diagnoses.map(({ rule, cause }) => `${rule} ${cause}`) ?? [];
}
/** Reads the changes, as the next poll would. */
async function poll({ engine, query }: StripeInStep): Promise<void> {
  const input = { streams: undefined, mode: "INCREMENTAL", range: undefined, idempotencyKey: undefined } as const;
  const { runId } = await engine.startSync(TENANT, SOURCE, input);
  await eventually("the poll", async () => {
    const rows = await query("select 1 from sync_runs where id = $1 and status = 'SUCCEEDED'", [runId]);
    return rows.length > 0;
  });
}

test("events whose webhooks were lost are found by the next poll, which counts them (F48)", async () => {
  await using service = await useStripeInStep({ payments: 20, scheduleMs: HOUR_MS });
  const { sandbox, query } = service;
  await service.enableEndpoint();
  await service.inStep(); // the first poll
  await sandbox.control("POST", "faults", { lose: 0.5 });
  await service.change(60);
  const [delivered] = await query<{ count: bigint }>("select count(*) as count from deliveries");
  expect(delivered?.count).toBeGreaterThan(0n);
  await poll(service);
  await service.inStep();
  expect(await findingsOf(service, "WEBHOOKS_MISSED")).toEqual([]); // they may still be in transit
  await query("update listed_events set at = at - interval '2 minutes'");
  const [missed] = await eventually("the finding", async () => {
    const rows = await findingsOf(service, "WEBHOOKS_MISSED");
    return rows.length > 0 && rows;
  });
  expect(missed).toMatchObject({ open: true });
  expect(missed?.evidence["count"]).toBeGreaterThan(1);
  const counted = await query("select sum(missed)::int as count from webhook_counts");
  expect(counted).toEqual([{ count: missed?.evidence["count"] }]);

  await sandbox.control("DELETE", "faults");
  await eventually("what happens later to be delivered, and the finding to close", async () => {
    await service.change(5);
    await poll(service);
    return (await findingsOf(service, "WEBHOOKS_MISSED"))[0]?.open === false;
  });
  await service.inStep();
});

test("a disabled webhook endpoint is noticed, caught up with, and polled more often until deliveries resume (F59, WEBHOOKS_SILENT)", async () => {
  await using service = await useStripeInStep({ payments: 20, scheduleMs: HOUR_MS });
  const { query } = service;
  const diagnosed = () => diagnosesOf(service);
  await service.enableEndpoint();
  await service.inStep();
  await service.change(20);
  await poll(service); // ledger entries have no events
  await service.inStep();
  await service.disableEndpoint();
  await service.change(40);
  await query(
    `insert into webhook_counts (tenant_id, source_id, at, received)
     select $1, $2, date_trunc('minute', now()) - n * interval '1 minute', 2 from generate_series(20, 3 * 1440) n
     on conflict do nothing`,
    [TENANT, SOURCE],
  );
  await eventually("the finding", async () => {
    // As twenty minutes later; repeated if the inbox adds its pending counts.
    await query(earlier("deliveries", "received_at"));
    await query(earlier("sources", "webhook_received_at"));
    return (await findingsOf(service, "WEBHOOKS_SILENT"))[0]?.open === true;
  });
  expect(await diagnosed()).toEqual(["WEBHOOKS_SILENT WEBHOOK"]);
  await service.inStep(); // by the catch-up run only: the next poll is in an hour
  expect(await runsOf(service, "CATCH_UP")).toEqual([{ status: "SUCCEEDED" }]);
  expect(await runsOf(service, "SCHEDULE")).toHaveLength(1);
  expect(await secondsToNextPoll(service)).toBeLessThanOrEqual(60);

  await service.enableEndpoint();
  await service.change(5);
  await eventually(
    "the finding to close",
    async () => (await findingsOf(service, "WEBHOOKS_SILENT"))[0]?.open === false,
  );
  expect(await diagnosed()).toEqual([]);
  await poll(service);
  await service.inStep();
  const kinds = await query<{ kind: string }>("select kind from events where kind like 'Finding%' order by seq");
  expect(kinds.map(({ kind }) => kind)).toEqual(["FindingOpened", "FindingClosed"]);
});

function earlier(table: string, column: string): string {
  return `update ${table} set ${column} = now() - interval '20 minutes' where ${column} > now() - interval '19 minutes'`;
}

async function secondsToNextPoll({ connection }: StripeInStep): Promise<number> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    const { rows } = await client.query<{ seconds: number }>(
      "select extract(epoch from poll_due_at - now())::float8 as seconds from sluice.source_schedules",
    );
    return rows[0]?.seconds ?? Infinity;
  } finally {
    await client.end();
  }
}
