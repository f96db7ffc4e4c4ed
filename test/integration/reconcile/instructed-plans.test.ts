import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { PayoutRoute } from "../../../src/domain/payout-route.ts";
import { loadPayouts } from "../../../src/reconcile/payout-bank/facts.ts";
import { findPossiblePairs } from "../../../src/reconcile/payout-bank/possible-pairs.ts";
import { prepareRoutes } from "../../../src/reconcile/payout-bank/route-rules.ts";
import { entityId } from "../../../src/domain/ids.ts";
import { bankTransactionRecord, day, money } from "../../helpers/bank-world.ts";
import { addSource, euro, payoutRecord, type Place, putRecords } from "../../helpers/ledger-world.ts";
import { analyze, plansOfWork } from "../../helpers/plans.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";

const ROUTE: PayoutRoute = {
  id: "kronor",
  from: { sourceId: "stripe-main", accountExternalId: undefined, currency: "SEK" },
  to: { sourceId: "bank", accountExternalId: undefined },
  usualDays: 2,
  holidays: new Set(),
  names: [],
  fee: [],
  exchange: { by: "INSTRUCTED_AMOUNT", to: "EUR" },
};
const ROUTES = prepareRoutes("acme", [ROUTE], new Map());
const instructed = (minor: number) => [{ name: "InstdAmt", money: money(BigInt(minor), 2, "SEK") }];

let store: TestStore;
beforeAll(async () => {
  store = await useStore();
  const stripe: Place = { database: store.db, tenantId: "acme", sourceId: "stripe-main" };
  await addSource(stripe);
  await addSource({ ...stripe, sourceId: "bank" });
  await putRecords(stripe, [
    { ...payoutRecord(0), externalId: "po_1", amount: money(100_007n, 2, "SEK"), arrivalDate: day(17) },
  ]);
  await putRecords(
    { ...stripe, sourceId: "bank" },
    Array.from({ length: 4_000 }, (_, n) =>
      bankTransactionRecord(`bt_${n}`, 10 + (n % 20), { amount: euro(8_700n), amounts: instructed(100_000 + n) }),
    ),
  );
  await analyze(store);
});
afterAll(async () => store[Symbol.asyncDispose]());

test("the transactions of an instructed amount are found by its index, among thousands of one booked amount", async () => {
  const ids = [entityId("acme", "stripe-main", "Payout", "po_1")];
  const find = async (tx: Parameters<typeof loadPayouts>[0]) => {
    const payouts = (await loadPayouts(tx, ids, ROUTES, new Set())).map(({ payout }) => payout);
    return findPossiblePairs(tx, payouts, ROUTES);
  };
  const pairs = await store.db.transaction("acme", find);
  expect(pairs.map(({ transaction }) => transaction.id)).toEqual([entityId("acme", "bank", "BankTransaction", "bt_7")]);
  const nodes = await plansOfWork(store, find);
  const reads = nodes.filter((node) => node["Relation Name"] === "bank_search");
  const used = reads.map((node) => node["Index Name"]);
  expect(new Set(used)).toEqual(new Set(["bank_search_by_amount", "bank_search_by_instructed_amount"]));
  for (const { "Index Cond": condition } of reads) expect(condition).toMatch(/amount = .*arrived_on >=/);
});
