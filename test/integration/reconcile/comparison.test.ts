import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { pino } from "pino";
import { connector as stripeConnector } from "../../../src/connectors/stripe/index.ts";
import { openSyncEngine, type SyncEngine } from "../../../src/ingest/polling/engine.ts";
import { startScheduledComparisons } from "../../../src/reconcile/completeness/scheduled-comparisons.ts";
import { shortenComparisonIntervals } from "../../../src/sources/reconcile-schedule.ts";
import { createCompareStream } from "../../../src/reconcile/completeness/compare-stream.ts";
import { registryOf } from "../../../src/sources/source-registry.ts";
import { createWakeUps } from "../../../src/runtime/wake-ups.ts";
import { eventually } from "../../helpers/eventually.ts";
import { SOURCE, type StripeInStep, TENANT, useStripeInStep } from "../../helpers/stripe-in-step.ts";
import { tamper } from "../../helpers/tamper.ts";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const range = () => ({
  from: new Date(Date.now() - 300 * DAY_MS).toISOString(),
  to: new Date(Date.now() + DAY_MS).toISOString(),
});

/** Hooks into the reads of comparisons and of changes. */
interface Hooks {
  /** Called before each message of a comparison's read is passed on. */
  beforeListed: () => Promise<void>;
  /** True: reads of changes return nothing but their position, as if the provider had lost the events. */
  losesEvents: boolean;
}

let hooks: Hooks;
let stripe: StripeInStep;
beforeEach(async () => {
  hooks = { beforeListed: () => Promise.resolve(), losesEvents: false };
  stripe = await useStripeInStep({ payments: 40, scheduleMs: HOUR_MS, connector: hooked() });
  await stripe.inStep();
});
afterEach(async () => stripe[Symbol.asyncDispose]());

function hooked(): typeof stripeConnector {
  return {
    ...stripeConnector,
    async *read(input) {
      const isChanges = input.range === undefined && input.cursor !== undefined;
      for await (const message of stripeConnector.read(input)) {
        if (input.range !== undefined) await hooks.beforeListed();
        if (isChanges && hooks.losesEvents && message.type !== "checkpoint") continue;
        yield message;
      }
    },
  };
}

async function start(engine: SyncEngine, streams?: readonly string[]): Promise<string> {
  const input = { streams, mode: "RECONCILE", range: range(), idempotencyKey: undefined } as const;
  return (await engine.startSync(TENANT, SOURCE, input)).runId;
}

const ended = (runId: string): Promise<string> =>
  eventually("the comparison to end", async () => {
    const rows = await stripe.query<{ status: string }>(
      "select status from sync_runs where id = $1 and finished_at is not null",
      [runId],
    );
    return rows[0]?.status;
  });

const differences = () =>
  stripe.query<{ kind: string; id: string; is_verified: boolean }>(
    "select kind, entity_id as id, verified_at is not null as is_verified from record_differences",
  );

/** Lets a comparison begin to list, and pauses it there until it is let go on. */
function pauseListing(): { readonly isPaused: Promise<void>; readonly letGoOn: () => void } {
  const paused = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  hooks.beforeListed = () => {
    paused.resolve();
    return gate.promise;
  };
  return { isPaused: paused.promise, letGoOn: gate.resolve };
}

test("what changes at the upstream while it is compared is no difference", async () => {
  const pause = pauseListing();
  const runId = await start(stripe.engine);
  await pause.isPaused;
  await stripe.change(60);
  pause.letGoOn();
  expect(await ended(runId)).toBe("SUCCEEDED");
  expect(await differences()).toEqual([]);
  expect(await stripe.query("select 1 from compared_days where state = 'DIFFERENT'")).toEqual([]);
});

test("changes of which the provider has lost every event are found and repaired by a comparison (F48)", async () => {
  await stripe.query("update sources set webhook_received_at = null");
  hooks.losesEvents = true;
  await stripe.change(60);
  const runId = await start(stripe.engine);
  expect(await ended(runId)).toBe("SUCCEEDED");
  const found = await differences();
  expect(found.length).toBeGreaterThan(10);
  expect(found.filter((one) => !one.is_verified)).toEqual([]);
  hooks.losesEvents = false;
  await expect(stripe.inStep()).resolves.toBeUndefined();
});

test("what the provider has lost every event of is found by the schedule, within its interval and by nothing before it (F48)", async () => {
  const everyMs = 12 * HOUR_MS;
  const dueInMs = async () => {
    const [row] = await stripe.inbox.db.acrossTenants<{ ms: number }>(
      "select (extract(epoch from reconcile_due_at - now()) * 1000)::float8 as ms from source_schedules where source_id = $1",
      [SOURCE],
    );
    return row?.ms ?? Number.NaN;
  };
  const scheduled = () =>
    stripe.query<{ status: string }>(
      "select status from sync_runs where mode = 'RECONCILE' and trigger = 'SCHEDULE' order by id",
    );
  const process = startScheduledComparisons({
    db: stripe.inbox.db,
    sources: registryOf(stripe.inbox.sources.map((source) => ({ ...source, scheduleMs: HOUR_MS }))),
    log: pino({ level: "silent" }),
    wakeUps: stripe.inbox.wakeUps,
    nowMs: Date.now,
    random: () => 0.5,
    everyMs,
    days: 366,
    pollMs: 50,
  });
  try {
    await stripe.query("update sources set webhook_received_at = null");
    hooks.losesEvents = true;
    await stripe.change(60);
    await shortenComparisonIntervals(stripe.inbox.db, [{ id: SOURCE }], everyMs);
    expect(await dueInMs()).toBeLessThanOrEqual(1.2 * everyMs); // intervals differ by a fifth
    // Reads of changes find nothing of it, and no comparison begins before it is due.
    const { runId } = await stripe.engine.startSync(TENANT, SOURCE, {
      streams: undefined,
      mode: "INCREMENTAL",
      range: undefined,
      idempotencyKey: undefined,
    });
    expect(await ended(runId)).toBe("SUCCEEDED");
    expect(await differences()).toEqual([]);
    expect(await scheduled()).toEqual([]);
    await stripe.inbox.db.acrossTenants("update source_schedules set reconcile_due_at = now() where source_id = $1", [
      SOURCE,
    ]);
    await eventually("the scheduled comparisons to end", async () => {
      const runs = await scheduled();
      return runs.length > 0 && runs.every(({ status }) => status === "SUCCEEDED");
    });
    const found = await differences();
    expect(found.length).toBeGreaterThan(10);
    expect(found.filter((one) => !one.is_verified)).toEqual([]);
    // The next one is due within the interval and its jitter.
    const next = await dueInMs();
    expect(next).toBeGreaterThan(0);
    expect(next).toBeLessThanOrEqual(1.2 * everyMs);
  } finally {
    await process.close(5_000);
  }
  hooks.losesEvents = false;
  await expect(stripe.inStep()).resolves.toBeUndefined();
});

test("a canceled comparison ends soon, and leaves nothing but what it has repaired", async () => {
  const pause = pauseListing();
  const runId = await start(stripe.engine);
  await pause.isPaused;
  await stripe.engine.cancelSync(TENANT, runId);
  pause.letGoOn();
  expect(await ended(runId)).toBe("CANCELED");
  expect(await stripe.query("select 1 from compared_objects")).toEqual([]);
  expect(await stripe.query("select 1 from record_differences")).toEqual([]);
});

test("another process continues a comparison where it was, and finds exactly what was planted", async () => {
  const { connection } = stripe;
  const tables = [
    {
      entity: "Payment",
      table: "payments",
      change: "amount_minor = amount_minor + 1",
      condition: "external_id like 'pi_%'",
      invent: (n: number) => `pi_invented${n}`,
    },
  ] as const;
  const planted = await tamper({ connection, tenantId: TENANT, sourceId: SOURCE, tables, share: 0.1 });
  const pause = pauseListing();
  const runId = await start(stripe.engine, ["payment_intents"]);
  await pause.isPaused;
  const sources = stripe.inbox.sources.map((source) => ({ ...source, scheduleMs: HOUR_MS }));
  const wakeUps = createWakeUps();
  const other = openSyncEngine({
    db: stripe.inbox.db,
    sources: registryOf(sources),
    log: pino({ level: "silent" }),
    wakeUps,
    compareStream: createCompareStream({ wakeUps }),
  });
  try {
    const isClosed = stripe.engine.close();
    pause.letGoOn();
    await isClosed;
    expect(await ended(runId)).toBe("SUCCEEDED");
  } finally {
    await other.close();
  }
  const lineOf = ({ kind, id }: { readonly kind: string; readonly id: string }) => `${kind} ${id}`;
  expect((await differences()).map(lineOf).toSorted()).toEqual(planted.map(lineOf).toSorted());
});

test("a rate limit in the middle of a comparison delays it and changes nothing else", async () => {
  await stripe.sandbox.control("POST", "faults", { rate429: 0.3 });
  const runId = await start(stripe.engine, ["customers", "charges"]);
  expect(await ended(runId)).toBe("SUCCEEDED");
  await stripe.sandbox.control("DELETE", "faults");
  expect(await differences()).toEqual([]);
});

test("another tenant sees nothing of a comparison, and cannot start one", async () => {
  expect(await ended(await start(stripe.engine, ["customers"]))).toBe("SUCCEEDED");
  for (const table of ["compared_days", "record_differences", "compared_objects"])
    expect(await stripe.inbox.db.transaction("umbrella", (tx) => tx.query(`select 1 from ${table}`))).toEqual([]);
  const input = { streams: undefined, mode: "RECONCILE", range: range(), idempotencyKey: undefined } as const;
  await expect(stripe.engine.startSync("umbrella", SOURCE, input)).rejects.toMatchObject({ code: "NOT_FOUND" });
});
