import { expect, test } from "@jest/globals";
import { pino } from "pino";
import { openSyncEngine } from "../../../src/ingest/polling/engine.ts";
import { createCompareStream } from "../../../src/reconcile/completeness/compare-stream.ts";
import { createWakeUps } from "../../../src/runtime/wake-ups.ts";
import { registryOf } from "../../../src/sources/source-registry.ts";
import { type CompareSettings, runCompareProcess } from "../../helpers/compare-process.ts";
import { eventually } from "../../helpers/eventually.ts";
import { differences, readTruth } from "../../helpers/sandbox-truth.ts";
import { SOURCE, type StripeInStep, TENANT, useStripeInStep } from "../../helpers/stripe-in-step.ts";
import { type Planted, tamper } from "../../helpers/tamper.ts";

const DAY_MS = 86_400_000;
const STREAM = "payment_intents";
const COMPARISON = {
  idempotencyKey: "comparison",
  range: {
    from: new Date(Date.now() - 300 * DAY_MS).toISOString(),
    to: new Date(Date.now() + DAY_MS).toISOString(),
  },
} as const;

const lineOf = ({ kind, id }: { readonly kind: string; readonly id: string }): string => `${kind} ${id}`;

function plant({ connection }: StripeInStep): Promise<readonly Planted[]> {
  const payments = {
    entity: "Payment",
    table: "payments",
    change: "amount_minor = amount_minor + 1",
    condition: "external_id like 'pi_%'",
    invent: (n: number) => `pi_invented${n}`,
  } as const;
  return tamper({ connection, tenantId: TENANT, sourceId: SOURCE, tables: [payments], share: 0.1 });
}

/** Lets the leases of a replica that is dead expire at once. */
async function expireLeases({ query }: StripeInStep): Promise<void> {
  await query("update stream_states set lease_until = now() - interval '1 second' where lease_until is not null");
}

/** Lets another replica continue the comparison to its end. @returns the run's id and status */
async function continueToEnd(stripe: StripeInStep): Promise<{ readonly id: string; readonly status: string }> {
  const wakeUps = createWakeUps();
  const engine = openSyncEngine({
    db: stripe.inbox.db,
    sources: registryOf(stripe.inbox.sources),
    log: pino({ level: "silent" }),
    wakeUps,
    compareStream: createCompareStream({ wakeUps }),
  });
  try {
    return await eventually("the comparison to end", async () => {
      const rows = await stripe.query<{ id: string; status: string }>(
        "select id, status from sync_runs where mode = 'RECONCILE' and finished_at is not null",
      );
      return rows[0];
    });
  } finally {
    await engine.close();
  }
}

test("a comparison whose processes are killed while it lists, before and after a page of what was not listed, and before and after a repair, finds and repairs each difference once", async () => {
  await using stripe = await useStripeInStep({ payments: 40, scheduleMs: 3_600_000 });
  await stripe.inStep();
  await stripe.engine.close();
  const planted = await plant(stripe);
  const [before] = await stripe.query<{ head: bigint }>("select head from event_heads");
  const { connection, sandbox } = stripe;
  const own = { connection, tenantId: TENANT, sourceId: SOURCE, config: sandbox.config, stream: STREAM };
  const kills: readonly CompareSettings["killAt"][] = [
    "LISTED",
    "FINDING_UNLISTED",
    "FOUND_UNLISTED",
    "REPAIRING",
    "REPAIRED",
  ];
  for (const killAt of kills) {
    await runCompareProcess({ ...own, ...COMPARISON, killAt });
    await expireLeases(stripe);
  }
  const run = await continueToEnd(stripe);
  expect(run.status).toBe("SUCCEEDED");

  const found = await stripe.query<{ kind: string; id: string; is_verified: boolean }>(
    "select kind, entity_id as id, verified_at is not null as is_verified from record_differences",
  );
  expect(found.map(lineOf).toSorted()).toEqual(planted.map(lineOf).toSorted());
  expect(found.filter((one) => !one.is_verified)).toEqual([]);
  const changes = await stripe.query<{ id: string; count: number }>(
    `select entity_id as id, count(*)::integer as count from events where seq > $1 and entity_type = 'Payment' group by entity_id`,
    [before?.head],
  );
  expect(changes.map(({ id, count }) => `${count} ${id}`).toSorted()).toEqual(
    planted.map(({ id }) => `1 ${id}`).toSorted(),
  );
  const findings = await stripe.query<{ stream: string; is_closed: boolean }>(
    "select evidence ->> 'stream' as stream, closed_at is not null as is_closed from findings where kind = 'RECORDS_DIFFER'",
  );
  expect(findings).toEqual([{ stream: STREAM, is_closed: true }]);
  expect(await stripe.query("select 1 from compared_objects")).toEqual([]);
  const truth = await readTruth(sandbox);
  const invented = planted.filter(({ kind }) => kind === "INVENTED");
  expect(await differences(truth, stripe.query)).toEqual(
    invented.map(({ externalId }) => `payments ${externalId} is not at the upstream`), // they are stored as deleted
  );
  const ids = invented.map(({ id }) => id);
  expect(await stripe.query("select 1 from payments where id = any($1) and deleted_at is null", [ids])).toEqual([]);
});
