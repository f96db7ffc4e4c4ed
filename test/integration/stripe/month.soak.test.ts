import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { environmentSchema } from "../../../src/config/environment.ts";
import { retentionDaysOf } from "../../../src/config/retention-days.ts";
import { dropOldBodies } from "../../../src/ingest/webhooks/delivery-bodies/drop-old.ts";
import { makeDeliveryPartitions } from "../../../src/ingest/webhooks/delivery-bodies/make-partitions.ts";
import { retentionsOf } from "../../../src/parts/retention.ts";
import { checkEverything } from "../../../src/reconcile/invariants/check-everything.ts";
import { deleteOldRows } from "../../../src/store/delete-old-rows.ts";
import { ENTITY_TABLES } from "../../../src/store/entities/tables.ts";
import { ageRows } from "../../helpers/age-rows.ts";
import { eventually } from "../../helpers/eventually.ts";
import { amountOf } from "../../helpers/length.ts";
import { SOURCE, type StripeInStep, TENANT, useStripeInStep } from "../../helpers/stripe-in-step.ts";

/** Days of the simulation, each of which takes seconds: a month in the long form. */
const DAYS = amountOf({ short: 3, long: 30 });
const CHANGES_PER_DAY = amountOf({ short: 6, long: 40 });
/** The demo's periods, which are the shortest; in the short form one that passes within it. */
const KEPT = {
  ...retentionDaysOf(environmentSchema.parse({}), true),
  ...amountOf({ short: { events: 1 }, long: {} }),
};

/** Tables that grow every day, with the number of days after which a row is deleted. */
const DELETED_AFTER: Readonly<Record<string, number>> = {
  events: KEPT.events,
  sync_runs: KEPT.runs,
  sync_run_streams: KEPT.runs,
  ...amountOf<Record<string, number>>({ short: {}, long: { delivery_bodies: KEPT.deliveries + 7 } }), // by whole weeks
};
/** Runs started each day in addition to the polls. */
const RUNS_PER_DAY = 5;
/** The newest run with each result, with its streams, and what is added during a night. */
const ALWAYS_KEPT: Readonly<Record<string, number>> = { sync_runs: 8, sync_run_streams: 80 };

let world: StripeInStep;
beforeAll(async () => {
  world = await useStripeInStep({ payments: 20, scheduleMs: 1_000 });
  await makeDeliveryPartitions({ connection: world.connection });
  await world.enableEndpoint();
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

type Sizes = Readonly<Record<string, number>>;

async function sizes(): Promise<Sizes> {
  const counts = Object.keys(DELETED_AFTER).map(
    (table) => `select '${table}' as name, count(*)::int as count from ${table}`,
  );
  const rows = await world.query<{ name: string; count: number }>(counts.join(" union all "));
  return Object.fromEntries(rows.map(({ name, count }) => [name, count]));
}

/** A day of changes, webhooks, polls, one complete sync and others; resolves with the number of rows that it added. */
async function liveDay(): Promise<Sizes> {
  const before = await sizes();
  await world.change(CHANGES_PER_DAY);
  const input = { streams: undefined, range: undefined, idempotencyKey: undefined } as const;
  await world.engine.startSync(TENANT, SOURCE, { ...input, mode: "FULL" });
  for (let run = 0; run < RUNS_PER_DAY; run += 1)
    await world.engine.startSync(TENANT, SOURCE, { ...input, mode: "INCREMENTAL" });
  await world.inStep();
  const after = await sizes();
  return Object.fromEntries(Object.entries(after).map(([table, count]) => [table, count - (before[table] ?? 0)]));
}

/** Makes everything a day older, and deletes what is too old, while the sources are read further. */
async function passNight(): Promise<void> {
  const { db } = world.inbox;
  await ageRows(db, TENANT, 1);
  await deleteOldRows({ db, tenantId: TENANT, retentions: retentionsOf(KEPT) });
  await dropOldBodies({ connection: world.connection, retentionDays: KEPT.deliveries });
  await checkEverything({ db, tenantId: TENANT }, new AbortController().signal);
}

const REFERENCES = [...Object.values(ENTITY_TABLES).map(({ table }) => table), "quarantined_records"]
  .map((table) => `select source_id, raw_hash from ${table} where raw_hash is not null`)
  .join(" union ");

/** Bytes that an object needs and that are not stored, and bytes that are stored and that nothing needs any more. */
async function misplacedBytes(): Promise<unknown> {
  return world.query(
    `select 'missing' as what, count(*)::int as count from (${REFERENCES}) as used
       where not exists (select 1 from raw_payloads where content_hash = used.raw_hash)
     union all select 'left over', count(*)::int from raw_payloads
       where referenced_at < now() - $1 * interval '1 day' and content_hash not in (select raw_hash from (${REFERENCES}) as used)`,
    [KEPT.payloads],
  );
}

test("after a month of syncs, webhooks and retention the store equals the upstream, and its size has a bound (F115)", async () => {
  const added: Sizes[] = [];
  for (let day = 0; day < DAYS; day += 1) {
    added.push(await liveDay());
    await passNight();
  }
  const final = await sizes();
  await world.inStep();
  for (const [table, days] of Object.entries(DELETED_AFTER)) {
    const total = (counts: readonly Sizes[]) => counts.reduce((sum, count) => sum + (count[table] ?? 0), 0);
    const bound = total(added.slice(-days)) + (ALWAYS_KEPT[table] ?? 50);
    expect([table, total(added) > bound]).toEqual([table, true]); // otherwise the next line would not say anything
    expect([table, (final[table] ?? 0) <= bound]).toEqual([table, true]);
  }
  expect(await misplacedBytes()).toEqual([
    { what: "missing", count: 0 },
    { what: "left over", count: 0 },
  ]);
  expect(await world.query("select kind, summary from findings where closed_at is null")).toEqual([]);
  const [log] = await world.query(
    "select head - floor as expected, (select count(*) from events) as stored from event_heads",
  );
  expect(log?.["stored"]).toBe(log?.["expected"]);
  await eventually("no session to have an open transaction", async () => {
    const open = await world.query(
      "select 1 from pg_stat_activity where state like 'idle in transaction%' and datname = current_database()",
    );
    return open.length === 0;
  });
}, 900_000);
