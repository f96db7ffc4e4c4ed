import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { SWEEP_START, type Sweep } from "../../../src/reconcile/payout-bank/match-progress.ts";
import { sweep, SWEEP_PAGE, type SweptPage } from "../../../src/reconcile/payout-bank/sweep.ts";
import { bankTransactionRecord, day } from "../../helpers/bank-world.ts";
import { addSource, payoutRecord, putRecords } from "../../helpers/ledger-world.ts";
import { analyze, plansOfWork } from "../../helpers/plans.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";

const TENANT = "acme";
/** Enough for the planner to prefer an index. */
const DATED = 4_100;
/** Several objects of each day, written in another order than that of their days. */
const dayOf = (n: number): string => day((n * 7) % 97);

let store: TestStore;
beforeAll(async () => {
  store = await useStore();
  const place = { database: store.db, tenantId: TENANT, sourceId: "main" };
  await addSource(place);
  const numbers = Array.from({ length: DATED }, (_, n) => n);
  await putRecords(place, [
    ...numbers.map((n) => ({ ...payoutRecord(n), arrivalDate: dayOf(n) })),
    { ...payoutRecord(DATED), arrivalDate: undefined },
    // Only the day of its value is known of every third one.
    ...numbers.map((n) =>
      bankTransactionRecord(`bt_${n}`, 0, {
        booked: n % 3 === 0 ? undefined : { date: dayOf(n), time: undefined },
        valued: { date: dayOf(n), time: undefined },
      }),
    ),
    bankTransactionRecord("undated", 0, { booked: undefined, valued: undefined }),
  ]);
  await store.db.transaction(TENANT, (tx) =>
    tx.query(
      `insert into reconciliation_items (tenant_id, id, object_type, source_id, route, currency, direction, amount, day,
         last_day, due_on, since)
       select tenant_id, id || n, 'Payout', source_id, '', 'EUR', 'CREDIT', 1, arrival_date, arrival_date, arrival_date, now()
       from payouts cross join generate_series(1, 5) as n where arrival_date is not null`,
    ),
  );
  await analyze(store);
});
afterAll(async () => store[Symbol.asyncDispose]());

/** Days of the objects of a page, in its order. */
const DAYS: Readonly<Record<Sweep, string>> = {
  Payout: "select id, arrival_date::text as day from payouts",
  BankTransaction: "select id, coalesce(booking_date, value_date)::text as day from bank_transactions",
  Uncompared: "select id, day::text as day from reconciliation_items",
};

test.each<[type: Sweep, next: Sweep | null]>([
  ["Payout", "BankTransaction"],
  ["BankTransaction", "Uncompared"],
  ["Uncompared", null],
])("matching all of %s again reads each object with a day once, in the order of days", async (type, next) => {
  const read = await store.db.transaction(TENANT, async (tx) => {
    const rows = await tx.query<{ id: string; day: string | null }>(DAYS[type]);
    const days = new Map(rows.flatMap(({ id, day: own }) => (own === null ? [] : [[id, own] as const])));
    const pages: SweptPage[] = [];
    let position: SweptPage["next"] = { sweepType: type, ...SWEEP_START };
    while (position.sweepType === type) {
      const page: SweptPage = await sweep(tx, { ...position, sweepType: type });
      pages.push(page);
      position = page.next;
    }
    return {
      pages,
      position,
      dated: days.keys(),
      days: pages.flatMap(({ ids }) => ids.map((id) => days.get(id) ?? "no day")),
    };
  });
  const ids = read.pages.flatMap((page) => page.ids);
  expect(ids.toSorted()).toEqual([...read.dated].toSorted());
  expect(read.days).toEqual(read.days.toSorted());
  expect(new Set(read.pages.slice(0, -1).map((page) => page.ids.length))).toEqual(new Set([SWEEP_PAGE]));
  expect(read.position).toEqual({ sweepType: next, ...SWEEP_START });
});

test.each<[type: Sweep, index: string]>([
  ["Payout", "payouts_by_arrival"],
  ["BankTransaction", "bank_transactions_by_day"],
  ["Uncompared", "reconciliation_items_uncompared"],
])("a page of all of %s is read from the index of days, where the page before ended", async (type, index) => {
  const nodes = await plansOfWork(store, (tx) => sweep(tx, { sweepType: type, sweepDay: day(50), sweepAfter: "x" }));
  const reads = nodes.filter((node) => node["Relation Name"] !== undefined);
  expect(reads.map((node) => node["Index Name"])).toEqual([index]);
  expect(reads[0]?.["Index Cond"]).toMatch(/ROW\(.*\) > ROW\(/);
  expect(nodes.some((node) => node["Node Type"].includes("Sort"))).toBe(false);
});
