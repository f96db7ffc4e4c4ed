import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { loadFacts } from "../../../src/diagnosis/facts/load-facts.ts";
import { findSourcesToEvaluate } from "../../../src/diagnosis/sources-to-evaluate.ts";
import { countHealth, findOldestFindings, findWorst } from "../../../src/graph/queries/find-overview.ts";
import { ENTITY_TABLES } from "../../../src/store/entities/tables.ts";
import type { Transaction } from "../../../src/store/database.ts";
import { addSource } from "../../helpers/ledger-world.ts";
import { analyze, plansOfWork } from "../../helpers/plans.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";

/** Rows of each kind of another, busy source of the same tenant, and of the evaluated one. */
const [MANY, FEW] = [8_000, 10];
const SOURCES = Array.from({ length: 200 }, (_, n) => `source-${n}`);

let store: TestStore;
beforeAll(async () => {
  store = await useStore();
  for (const sourceId of ["busy", ...SOURCES]) await addSource({ database: store.db, tenantId: "acme", sourceId });
  await fill("busy", MANY);
  await fill("source-7", FEW);
  await analyze(
    store,
    "deliveries",
    "findings",
    "quarantined_records",
    "refetches",
    "events",
    "sync_runs",
    "source_metrics",
  );
}, 120_000);
afterAll(async () => store[Symbol.asyncDispose]());

const inTenant = (work: (tx: Transaction) => Promise<unknown>) => store.db.transaction("acme", work);

/** Rows of every kind that the facts are read from: nine in ten are over. */
async function fill(sourceId: string, rows: number): Promise<void> {
  const statements = [
    `insert into deliveries (tenant_id, id, source_id, delivery_key, content_hash, received_at, status, next_attempt_at,
       finished_at)
     select 'acme', $1 || n, $1, n, '', now() - n * interval '1 minute',
       (array['PENDING', 'PARKED', 'APPLIED', 'APPLIED', 'APPLIED', 'APPLIED'])[1 + n % 6], now(),
       case when n % 6 > 0 then now() end from generate_series(1, $2::int) n`,
    `insert into findings (tenant_id, id, source_id, kind, cause, summary, evidence, remedy, opened_at, closed_at)
     select 'acme', $1 || n, $1, 'K', 'WEBHOOK', '', '{}', '', now(), case when n % 10 > 0 then now() end
     from generate_series(1, $2::int) n`,
    `insert into quarantined_records (tenant_id, id, source_id, entity_type, code, path, problem, raw_path, status,
       first_at, last_at, resolved_at)
     select 'acme', $1 || n, $1, 'Payment', '', '', '', '', case when n % 10 > 0 then 'RESOLVED' else 'OPEN' end, now(), now(),
       case when n % 10 > 0 then now() end
     from generate_series(1, $2::int) n`,
    `insert into refetches (tenant_id, id, source_id, entity_type, external_id, next_attempt_at)
     select 'acme', $1 || n, $1, 'Payment', n, now() from generate_series(1, $2::int) n`,
    `insert into sync_runs (tenant_id, id, source_id, mode, trigger, status, event_seq, created_at, finished_at)
     select 'acme', $1 || n, $1, 'FULL', 'REQUEST', 'SUCCEEDED', n, now(), now() - interval '2 hours'
     from generate_series(1, $2::int) n`,
    `insert into sync_run_streams (tenant_id, run_id, stream, source_id, status, next_attempt_at, finished_at)
     select 'acme', $1 || n, 'payments', $1, 'SUCCEEDED', now(), now() from generate_series(1, $2::int) n`,
    `insert into webhook_counts (tenant_id, source_id, at, received)
     select 'acme', $1, now() - n * interval '1 minute', 1 from generate_series(1, $2::int) n`,
    `insert into source_metrics (tenant_id, source_id, name, resolution, at, count, sum, max)
     select 'acme', $1, name, 'MINUTE', date_trunc('minute', now()) - n * interval '1 minute', 1, 1, 1
     from generate_series(1, $2::int) n, unnest(array['DELIVERY_AGE_MS', 'FEED_LAG_MS', 'FEED_LAG_BYTES']) as name`,
    `insert into events (tenant_id, seq, at, source_id, kind, data)
     select 'acme', n + case $1 when 'busy' then 0 else 1000000 end, now() - interval '2 hours', $1, 'K', '{}'
     from generate_series(1, $2::int) n`,
  ];
  await inTenant(async (tx) => {
    for (const text of statements) await tx.query(text, [sourceId, rows]);
    await tx.query("update sources set webhook_received_at = now() where id = $1", [sourceId]);
  });
}

/** Reads of a whole table that grows with the data. */
async function wholeReads(work: (tx: Transaction) => Promise<unknown>): Promise<readonly string[]> {
  const plans = await plansOfWork(store, work);
  expect(plans.length).toBeGreaterThan(0);
  const ignored = [...SMALL, ...OBJECTS];
  return plans
    .filter((plan) => plan["Node Type"] === "Seq Scan" && !ignored.includes(plan["Relation Name"] ?? ""))
    .map((plan) => plan["Relation Name"] ?? "");
}

/** Tables with at most one row for each source, stream, limit or process, all of which a batch of all sources needs. */
const SMALL = [
  "sources",
  "source_health",
  "stream_states",
  "stream_record_counts",
  "budget_buckets",
  "change_feeds",
  "files",
  "process_states",
];

/** Empty here, so that the planner reads them whole unless it may not. */
const OBJECTS = Object.values(ENTITY_TABLES).map(({ table }) => table);

test("whether an object of a source is stored is read by the index of its source", async () => {
  const plans = await plansOfWork(store, async (tx) => {
    await tx.query("select set_config('enable_seqscan', 'off', true)");
    await loadFacts(tx, SOURCES);
  });
  const read = plans.filter((plan) => OBJECTS.includes(plan["Relation Name"] ?? ""));
  expect(read.length).toBeGreaterThan(0);
  for (const plan of read) expect(plan["Index Cond"]).toContain("source_id = source.id");
});

test("the facts about 200 sources are read by indexes, however many rows another source has", async () => {
  expect(await wholeReads((tx) => loadFacts(tx, SOURCES))).toEqual([]);
});

test("the facts about one busy source are read by indexes, without the rows that are over", async () => {
  expect(await wholeReads((tx) => loadFacts(tx, ["busy"]))).toEqual([]);
  const [facts] = await store.db.read("acme", (tx) => loadFacts(tx, ["busy"]));
  expect(facts?.deliveries).toMatchObject({ pending: 1_333, parked: 1_334 });
  expect(facts?.quarantine?.open).toBe(800);
  expect(facts?.findings).toMatchObject([{ kind: "K", ids: expect.any(Array) }]);
});

test("the facts about 200 sources take as many SQL statements as those about one", async () => {
  const counted = async (ids: readonly string[]): Promise<number> => {
    let statements = 0;
    await inTenant((tx) =>
      loadFacts(
        {
          ...tx,
          query: (...args: Parameters<Transaction["query"]>) => {
            statements += 1;
            return tx.query(...args);
          },
        } as Transaction, // the same shape
        ids,
      ),
    );
    return statements;
  };
  expect(await counted(["source-7"])).toBe(14);
  expect(await counted(SOURCES)).toBe(14);
});

test("the sources to evaluate and the overview are found by indexes", async () => {
  const due = { after: 7_600n, through: 8_000n, isComplete: false };
  expect(await wholeReads((tx) => findSourcesToEvaluate(tx, due, "", 200))).toEqual([]);
  expect(await wholeReads((tx) => findOldestFindings(tx, 10))).toEqual([]);
  expect(await wholeReads((tx) => findWorst(tx, 10))).toEqual([]);
  expect(await wholeReads((tx) => countHealth(tx))).toEqual([]);
});
