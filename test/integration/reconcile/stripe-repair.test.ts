import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { eventually } from "../../helpers/eventually.ts";
import { differences, readTruth } from "../../helpers/sandbox-truth.ts";
import { SOURCE, type StripeInStep, TENANT, useStripeInStep } from "../../helpers/stripe-in-step.ts";
import { type Planted, type TamperedTable, tamper } from "../../helpers/tamper.ts";

const TABLES: readonly TamperedTable[] = [
  { entity: "Party", table: "parties", change: "name = 'Mallory'", invent: (n) => `cus_invented${n}` },
  { entity: "Payment", table: "payments", change: "amount_minor = amount_minor + 1", invent: (n) => `pi_invented${n}` },
  {
    entity: "PaymentAttempt",
    table: "payment_attempts",
    change: "refunded_minor = refunded_minor + 1, status = 'FAILED'",
    invent: (n) => `ch_invented${n}`,
  },
  { entity: "Refund", table: "refunds", change: "currency = 'XTS'", invent: (n) => `re_invented${n}` },
  {
    entity: "Payout",
    table: "payouts",
    change: "amount_minor = amount_minor - 1, arrival_date = arrival_date + 1",
    invent: (n) => `po_invented${n}`,
  },
  {
    entity: "LedgerEntry",
    table: "ledger_entries",
    change: "net_minor = net_minor - 1",
    invent: (n) => `txn_invented${n}`,
  },
];

let stripe: StripeInStep;
beforeAll(async () => {
  stripe = await useStripeInStep({ payments: 150, scheduleMs: 500 });
  await stripe.inStep();
});
afterAll(async () => stripe[Symbol.asyncDispose]());

const RANGE = {
  from: new Date(Date.now() - 300 * 86_400_000).toISOString(),
  to: new Date(Date.now() + 86_400_000).toISOString(),
};

async function reconcile(): Promise<string> {
  const { runId } = await stripe.engine.startSync(TENANT, SOURCE, {
    streams: undefined,
    mode: "RECONCILE",
    range: RANGE,
    idempotencyKey: undefined,
  });
  return eventually("the comparison to end", async () => {
    const [run] = await stripe.query<{ status: string }>(
      "select status from sync_runs where id = $1 and finished_at is not null",
      [runId],
    );
    return run === undefined ? undefined : runId;
  });
}

/** Returns where the store differs from Stripe. @param invented objects that were never there: they must be deleted */
async function storeDiffers(invented: readonly Planted[] = []): Promise<readonly string[]> {
  const truth = await readTruth(stripe.sandbox);
  const keys = invented.map(
    ({ entity, externalId }) => `${TABLES.find((one) => one.entity === entity)?.table} ${externalId}`,
  );
  return differences({ ...truth, deleted: new Set([...truth.deleted, ...keys]) }, stripe.query);
}

test("an account that is in step has no differences, and every day says so", async () => {
  const runId = await reconcile();
  const streams = await stripe.query("select stream, status, error_message from sync_run_streams where run_id = $1", [
    runId,
  ]);
  expect(streams.filter(({ status }) => status !== "SUCCEEDED")).toEqual([]);
  expect(await stripe.query("select * from record_differences")).toEqual([]);
  expect(await stripe.query("select kind from findings where closed_at is null")).toEqual([]);
  const days = await stripe.query<{ state: string; is_same: boolean; our_count: bigint; stream: string }>(
    `select stream, state, our_count, (our_count, our_hash, our_sums) is not distinct from (their_count, their_hash, their_sums) as is_same
     from compared_days`,
  );
  expect(days.filter(({ state, is_same: isSame }) => state === "IN_STEP" && !isSame)).toEqual([]);
  expect(new Set(days.map(({ state }) => state))).toEqual(new Set(["IN_STEP", "NOT_COMPARABLE"]));
  const payments = days.filter(({ stream }) => stream === "payment_intents");
  const [stored] = await stripe.query<{ count: bigint }>(
    "select count(*) from payments where external_id like 'pi_%' and deleted_at is null",
  );
  expect(payments.reduce((sum, { our_count: count }) => sum + count, 0n)).toBe(stored?.count);
  expect(await stripe.query("select 1 from compared_objects")).toEqual([]);
});

test("rows that were altered, deleted and invented are found and repaired, exactly these", async () => {
  const { connection } = stripe;
  const planted = await tamper({ connection, tenantId: TENANT, sourceId: SOURCE, tables: TABLES, share: 0.01 });
  expect((await storeDiffers()).length).toBeGreaterThanOrEqual(planted.length);
  const runId = await reconcile();
  expect(
    await stripe.query(
      "select stream, error_code, error_message from sync_run_streams where run_id = $1 and status <> 'SUCCEEDED'",
      [runId],
    ),
  ).toEqual([]);
  expect(await storeDiffers(planted.filter(({ kind }) => kind === "INVENTED"))).toEqual([]);
  const found = await stripe.query<{ kind: string; id: string; is_verified: boolean; problem: string | null }>(
    "select kind, entity_id as id, verified_at is not null as is_verified, problem from record_differences where run_id = $1",
    [runId],
  );
  const lineOf = ({ kind, id }: { readonly kind: string; readonly id: string }) => `${kind} ${id}`;
  expect(found.map(lineOf).toSorted()).toEqual(planted.map(lineOf).toSorted());
  expect(found.filter((one) => !one.is_verified || one.problem !== null)).toEqual([]);
  const findings = await stripe.query<{ evidence: { total: number }; is_open: boolean }>(
    "select evidence, closed_at is null as is_open from findings where kind = 'RECORDS_DIFFER'",
  );
  expect(findings.filter(({ is_open: isOpen }) => isOpen)).toEqual([]);
  expect(findings.reduce((sum, { evidence }) => sum + evidence.total, 0)).toBe(planted.length);
});
