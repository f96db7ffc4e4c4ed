import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { pino } from "pino";
import { connector } from "../../../src/connectors/stripe/index.ts";
import { startScheduledComparisons } from "../../../src/reconcile/completeness/scheduled-comparisons.ts";
import { createWakeUps } from "../../../src/runtime/wake-ups.ts";
import { registryOf } from "../../../src/sources/source-registry.ts";
import { claimDueComparisons, shortenComparisonIntervals } from "../../../src/sources/reconcile-schedule.ts";
import type { OwnComparisons } from "../../../src/sources/source.ts";
import { createDatabase, type Database } from "../../../src/store/database.ts";
import { scriptedSource } from "../../fakes/scripted-connector.ts";
import { eventually } from "../../helpers/eventually.ts";
import { analyze, nodesOf, type Plan } from "../../helpers/plans.ts";
import { seedPolledSources } from "../../helpers/seed-polled-sources.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";

const SOURCES = 3_000;
const DUE = 150;
const TENANTS = ["acme", "umbrella", "initech"] as const;
const EVERY_MS = 86_400_000;
/** Statements by which the comparisons of one source are started, which are three runs. */
const MOST_FOR_A_SOURCE = 12;

const sources = Array.from({ length: SOURCES }, (_, n) => ({
  id: `source-${n}`,
  tenant: TENANTS[n % TENANTS.length] ?? "acme",
  connector: "stripe",
}));
/** Sources whose comparisons differ from the settings of all. */
const OWN: Readonly<Record<string, OwnComparisons>> = {
  "source-1000": { everyMs: 3_600_000, days: 31 },
  "source-1001": { everyMs: "off" },
};
const registry = registryOf(
  sources.map(({ id, tenant }) => ({
    ...scriptedSource({ pages: {} }, { id, tenantId: tenant }),
    connector,
    reconcile: OWN[id],
  })),
);

let store: TestStore;
beforeAll(async () => {
  store = await useStore();
  await seedPolledSources(store.connection, sources, {
    streams: ["charges"],
    scheduleSeconds: 3_600,
    evaluatedWithinSeconds: 60,
  });
  await store.db.acrossTenants("update source_schedules set reconcile_due_at = now() + interval '1 day'");
  await analyze(store);
});
afterAll(async () => store[Symbol.asyncDispose]());

interface OpenRun extends Record<string, unknown> {
  readonly source: string;
  readonly runs: number;
}

async function openRuns(): Promise<readonly OpenRun[]> {
  const found: OpenRun[] = [];
  for (const tenant of TENANTS)
    found.push(
      ...(await store.db.read(tenant, (tx) =>
        tx.query<OpenRun>(
          `select source_id as source, count(*)::integer as runs from sync_runs
           where mode = 'RECONCILE' and finished_at is null group by source_id`,
        ),
      )),
    );
  return found.toSorted((a, b) => (a.source < b.source ? -1 : 1));
}

/** Returns the steps of the plans of all statements over all tenants. */
async function plansOf(run: (db: Database) => Promise<unknown>): Promise<readonly Plan[]> {
  const plans: Plan[] = [];
  const explaining: Database = {
    ...store.db,
    async acrossTenants(text, values) {
      const rows = await store.db.acrossTenants<{ "QUERY PLAN": readonly { readonly Plan: Plan }[] }>(
        `explain (format json) ${text}`,
        values,
      );
      plans.push(...rows.flatMap((row) => row["QUERY PLAN"].map((entry) => entry.Plan)));
      return [];
    },
  };
  await run(explaining);
  return plans.flatMap(nodesOf);
}

test("the search for due comparisons reads those that are due, by their index, and no other source", async () => {
  const nodes = await plansOf((db) => claimDueComparisons(db, 64, EVERY_MS));
  expect(nodes.map((node) => node["Index Name"])).toContain("source_schedules_reconcile_due");
  expect(nodes.filter((node) => node["Node Type"] === "Seq Scan")).toEqual([]);
});

const problems: unknown[] = [];
let statements = 0;

/** Starts the scheduled comparisons of one process. */
function startProcess(everyMs: number | "off" = EVERY_MS): AsyncDisposable {
  const db = createDatabase({ connection: store.connection, max: 2, onStatement: () => void (statements += 1) });
  const loop = startScheduledComparisons({
    db,
    sources: registry,
    log: pino({ level: "warn" }, { write: (line: string) => void problems.push(line) }),
    wakeUps: createWakeUps(),
    nowMs: Date.now,
    random: Math.random,
    everyMs,
    days: 7,
  });
  return {
    async [Symbol.asyncDispose]() {
      await loop.close(60_000);
      await db.close();
    },
  };
}

const makeDue = (ids: readonly string[]) =>
  store.db.acrossTenants("update source_schedules set reconcile_due_at = now() where source_id = any($1)", [ids]);

/** Resolves when the next comparison of each of these sources is due in a day, more or less. */
const allStarted = (ids: readonly string[]) =>
  eventually("all due comparisons to be started", async () => {
    const rows = await store.db.acrossTenants<{ next: number }>(
      `select count(*)::integer as next from source_schedules where source_id = any($1)
         and reconcile_due_at between now() + interval '19 hours' and now() + interval '29 hours'`,
      [ids],
    );
    return rows[0]?.next === ids.length;
  });

test("comparisons of many due sources are started once by two processes, with some statements for each source and none for the others", async () => {
  const due = sources.slice(0, DUE).map(({ id }) => id);
  const unfinished = due[0] ?? "";
  await store.db.transaction(TENANTS[0], (tx) =>
    tx.query(
      `insert into sync_runs (tenant_id, id, source_id, mode, trigger, status, created_at, event_seq)
       values ($1, 'run_before', $2, 'RECONCILE', 'SCHEDULE', 'QUEUED', now(), 0)`,
      [TENANTS[0], unfinished],
    ),
  );
  await makeDue(due);
  statements = 0;
  {
    await using _one = startProcess();
    await using _other = startProcess();
    await allStarted(due);
  }
  const started = await openRuns();
  expect(problems).toEqual([]);
  expect(started.map(({ source }) => source)).toEqual(due.toSorted());
  // The last days, some older ones, and streams that are listed as a whole. The unfinished one has its earlier run only.
  expect(started.filter(({ source }) => source !== unfinished).filter(({ runs }) => runs !== 3)).toEqual([]);
  expect(started.find(({ source }) => source === unfinished)?.runs).toBe(1);
  expect(statements).toBeLessThanOrEqual(DUE * MOST_FOR_A_SOURCE + 10);
});

test("comparisons that a process claimed and did not start before it died are started by another one when the claim has expired", async () => {
  const due = sources.slice(DUE, DUE + 3).map(({ id }) => id);
  await makeDue(due);
  const claimed = await claimDueComparisons(store.db, 64, EVERY_MS);
  expect(claimed.map(({ sourceId }) => sourceId).toSorted()).toEqual(due.toSorted());
  expect(await claimDueComparisons(store.db, 64, EVERY_MS)).toEqual([]);
  await store.db.acrossTenants(
    "update source_schedules set reconcile_due_at = reconcile_due_at - interval '10 minutes' where source_id = any($1)",
    [due],
  );
  await using _process = startProcess();
  await allStarted(due);
  expect((await openRuns()).filter(({ source }) => due.includes(source)).length).toBe(due.length);
});

/** Hours until the next comparison of each source. */
async function hoursUntilDue(ids: readonly string[]): Promise<Readonly<Record<string, number>>> {
  const rows = await store.db.acrossTenants<{ id: string; hours: number }>(
    `select source_id as id, extract(epoch from reconcile_due_at - now())::float / 3600 as hours
     from source_schedules where source_id = any($1)`,
    [ids],
  );
  return Object.fromEntries(rows.map(({ id, hours }) => [id, hours]));
}

test("a source with its own interval and days is compared by them, one with off and one of a service that compares none are not", async () => {
  const [own, off, usual] = ["source-1000", "source-1001", "source-1002"] as const;
  await makeDue([own, off, usual]);
  {
    await using _process = startProcess("off");
    await eventually("all three to have another time", async () =>
      Object.values(await hoursUntilDue([own, off, usual])).every((hours) => hours > 0.5),
    );
  }
  const hours = await hoursUntilDue([own, off, usual]);
  expect(hours[own]).toBeLessThan(1.3);
  expect(hours[off]).toBeGreaterThan(19);
  expect(hours[usual]).toBeGreaterThan(19);
  const started = (await openRuns()).map(({ source }) => source);
  expect(started).toContain(own);
  expect(started).not.toContain(off);
  expect(started).not.toContain(usual);
  const [run] = await store.db.read(TENANTS[1000 % 3] ?? "", (tx) =>
    tx.query(
      `select extract(day from range_to - range_from)::integer as days from sync_runs where source_id = $1
       order by range_to desc, range_from desc limit 1`,
      [own],
    ),
  );
  expect(run).toEqual({ days: 31 });
});

test("a shorter interval makes the next comparison due within it, and leaves those that are due earlier as they are", async () => {
  const [own, off, usual, near] = ["source-1000", "source-1001", "source-1002", "source-1003"] as const;
  await store.db.acrossTenants(
    `update source_schedules set reconcile_due_at = now() + case when source_id = $2 then interval '10 hours' else interval '20 days' end
     where source_id = any($1)`,
    [[own, off, usual, near], near],
  );
  const changed = [own, off, usual, near].map((id) => ({ id, reconcile: OWN[id] }));
  await shortenComparisonIntervals(store.db, changed, EVERY_MS);
  const hours = await hoursUntilDue([own, off, usual, near]);
  expect(hours[own]).toBeLessThanOrEqual(1);
  expect(hours[off]).toBeGreaterThan(400);
  expect(hours[usual]).toBeLessThanOrEqual(24);
  expect(hours[near]).toBeGreaterThan(9.9);
  const few = await plansOf((db) => shortenComparisonIntervals(db, changed, EVERY_MS));
  expect(few.filter((node) => node["Node Type"] === "Seq Scan")).toEqual([]);
});
