import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { recordComparedDays } from "../../../src/reconcile/completeness/compared-days.ts";
import { countSuspects, findSuspects, listedTypes } from "../../../src/reconcile/completeness/compared-objects.ts";
import { recordUnlisted } from "../../../src/reconcile/completeness/record-unlisted.ts";
import { verifyRepairs } from "../../../src/reconcile/completeness/differences.ts";
import { findUndecided } from "../../../src/reconcile/payout-bank/items.ts";
import { ENTITY_TABLES } from "../../../src/store/entities/tables.ts";
import type { Transaction } from "../../../src/store/database.ts";
import { addSource, ledgerWorld, putRecords } from "../../helpers/ledger-world.ts";
import { type Plan, plansOfWork } from "../../helpers/plans.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";

const TENANT = "acme";
const compared = { runId: "run_1", sourceId: "main", stream: "charges" };
const range = { from: "2025-01-01T00:00:00.000Z", to: "2026-01-02T00:00:00.000Z" };
const selection = { sourceId: "main", ...range, withUndated: false, idPattern: undefined };

/** Objects of the run that is compared and of others, and results of the matching. */
const FILL = [
  `insert into compared_objects (tenant_id, run_id, stream, entity_type, entity_id, external_id, day, content, our_content,
     minor, currency, exponent, our_minor, our_currency, our_exponent, state, look)
   select $1, 'run_' || n % 10, 'charges', 'Payment', 'pay_' || n, 'pi_' || n, date '2025-01-01' + n % 365, '0', '0', n, 'EUR', 2, n, 'EUR', 2,
     case when n % 100 = 1 then 'SUSPECT' else 'EQUAL' end, 0
   from generate_series(1, 8000) as n`,
  `insert into record_differences (tenant_id, source_id, run_id, stream, entity_type, entity_id, external_id, day, kind, found_at, repaired_at)
   select $1, 'main', 'run_' || n % 10, 'charges', 'Payment', 'pay_' || n, 'pi_' || n, date '2025-01-01', 'ALTERED', now(), now()
   from generate_series(1, 5000) as n`,
  `insert into reconciliation_items (tenant_id, id, object_type, source_id, route, currency, direction, amount, day, last_day, due_on, since)
   select $1, 'po_' || n, 'Payout', 'main', '', 'EUR', 'CREDIT', n, date '2020-01-01' + n % 3650, date '2020-01-01' + n % 3650,
     date '2020-01-01' + n % 3650, now()
   from generate_series(1, 10000) as n`,
] as const;

let store: TestStore;
beforeAll(async () => {
  store = await useStore();
  const place = { database: store.db, tenantId: TENANT, sourceId: "main" };
  await addSource(place);
  await putRecords(place, ledgerWorld(0, 1_000));
  // The planner's statistics are not brought up to date: a comparison fills its table faster than they are.
  await store.db.transaction(TENANT, async (tx) => {
    for (const statement of FILL) await tx.query(statement, [TENANT]);
  });
});
afterAll(async () => store[Symbol.asyncDispose]());

const LARGE: ReadonlySet<string> = new Set([
  "compared_objects",
  "record_differences",
  "payments",
  "reconciliation_items",
]);

async function readsOf(work: (tx: Transaction) => Promise<unknown>): Promise<readonly Plan[]> {
  const nodes = await plansOfWork(store, work);
  return nodes.filter((node) => LARGE.has(node["Relation Name"] ?? "") && node["Node Type"] !== "ModifyTable");
}

test.each<[what: string, work: (tx: Transaction) => Promise<unknown>]>([
  ["suspects of a round", (tx) => findSuspects(tx, compared, 1, ["Payment"], 50)],
  ["numbers of suspects", (tx) => countSuspects(tx, compared)],
  ["types that were listed", (tx) => listedTypes(tx, compared)],
  ["repaired objects", (tx) => verifyRepairs(tx, compared, "Payment")],
  [
    "undecided payouts and transactions around changes",
    (tx) => findUndecided(tx, [{ currency: "EUR", direction: "CREDIT", from: "2025-01-01", to: "2025-06-01" }]),
  ],
])("%s are found by an index, before the statistics of the tables are brought up to date", async (_what, work) => {
  const reads = await readsOf(work);
  expect(reads.length).toBeGreaterThan(0);
  expect(reads.filter((node) => node["Node Type"] === "Seq Scan")).toEqual([]);
});

test("what was not listed is found page by page in the order of the source, by one search of the primary key for each stored object", async () => {
  const after = { orderedAt: "2026-01-01T05:00:00Z", id: "pay_5" };
  const nodes = await readsOf((tx) =>
    recordUnlisted(tx, compared, "Payment", { ...selection, writtenBefore: "2999-01-01T00:00:00Z" }, after, 20),
  );
  const searches = nodes.filter((node) => node["Relation Name"] === "compared_objects");
  expect(searches.map((node) => node["Index Name"])).toEqual(["compared_objects_pkey"]);
  expect(searches[0]?.["Index Cond"]).toMatch(/entity_id = stored(_\d+)?\.id/);
  const pages = nodes.filter((node) => node["Relation Name"] === "payments");
  expect(pages.map((node) => node["Index Name"])).toEqual(["payments_by_source"]);
  expect(pages[0]?.["Index Cond"]).toContain("ROW(ordered_at, id) > ROW(");
});

test.each(Object.entries(ENTITY_TABLES).filter(([type]) => type !== "Balance"))(
  "a page of stored objects of the type %s has an index of their source",
  async (_type, { table }) => {
    const rows = await store.db.transaction(TENANT, (tx) =>
      tx.query("select indexdef from pg_indexes where schemaname = 'sluice' and indexname = $1", [
        `${table}_by_source`,
      ]),
    );
    expect(rows).toEqual([
      { indexdef: expect.stringContaining("(tenant_id, source_id, ordered_at DESC, id DESC)") as unknown },
    ]);
  },
);

test("the results of a year of days read the objects of the comparison once", async () => {
  const nodes = await readsOf((tx) => recordComparedDays(tx, compared, range));
  expect(nodes.filter((node) => node["Relation Name"] === "compared_objects").length).toBe(1);
});
