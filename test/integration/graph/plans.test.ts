import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { entityId } from "../../../src/domain/ids.ts";
import { newOperationId } from "../../../src/domain/operation-id.ts";
import type { Loaders } from "../../../src/loaders/index.ts";
import type { Transaction } from "../../../src/store/database.ts";
import { addSource, ledgerWorld, type Place, putRecords } from "../../helpers/ledger-world.ts";
import { analyze, type Plan, plansOf } from "../../helpers/plans.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";

const TENANTS = ["acme", "umbrella"];
const SIZE = 400;
let store: TestStore;
beforeAll(async () => {
  store = await useStore();
  for (const tenantId of TENANTS) {
    const place: Place = { database: store.db, tenantId, sourceId: "stripe-main" };
    await addSource(place);
    await addSource({ ...place, sourceId: "stripe-other" });
    await putRecords(place, ledgerWorld(0, SIZE));
    await store.db.transaction(tenantId, addOperations);
  }
}, 60_000);
afterAll(async () => store[Symbol.asyncDispose]());

/** Rows of each operational table, enough that reading all of them costs more than an index. */
async function addOperations(tx: Transaction): Promise<void> {
  const numbers = Array.from({ length: 2_000 }, (_, n) => n);
  const ids = (type: Parameters<typeof newOperationId>[0]) => numbers.map((n) => newOperationId(type, n));
  await tx.query(
    `insert into sync_runs (tenant_id, id, source_id, mode, trigger, status, created_at, event_seq)
     select $1, id, 'stripe-main', 'FULL', 'SCHEDULE', 'SUCCEEDED', now() - n * interval '1 minute', 0
     from unnest($2::text[], $3::int[]) as made (id, n)`,
    [tx.tenantId, ids("SyncRun"), numbers],
  );
  await tx.query(
    `insert into entity_aliases (tenant_id, id, source_id, entity_type, external_id, root_id, root_external_id, first_at)
     select $1, 'pay_' || n, 'stripe-main', 'Payment', '', 'pay_' || n / 2, '', now() from unnest($2::int[]) as n`,
    [tx.tenantId, numbers],
  );
  await tx.query(
    `insert into deliveries (tenant_id, id, source_id, delivery_key, event_type, content_hash, received_at, status, next_attempt_at)
     select $1, id, case when n % 4 = 0 then 'stripe-other' else 'stripe-main' end, id, 'type-' || n % 5, '',
       now() - n * interval '1 minute', case when n % 50 = 0 then 'PARKED' else 'APPLIED' end, now()
     from unnest($2::text[], $3::int[]) as made (id, n)`,
    [tx.tenantId, ids("Delivery"), numbers],
  );
  await tx.query(
    `insert into delivery_attempts (tenant_id, delivery_id, number, at, outcome)
     select $1, id, 1, now(), 'RETRY' from unnest($2::text[]) as made (id)`,
    [tx.tenantId, ids("Delivery")],
  );
  await tx.query(
    `insert into delivery_conflicts (tenant_id, delivery_id, content_hash, source_id, body, first_at, last_at)
     select $1, id, '', 'stripe-main', '', now(), now() from unnest($2::text[]) as made (id)`,
    [tx.tenantId, ids("Delivery")],
  );
  await tx.query(
    `insert into webhook_counts (tenant_id, source_id, at, received)
     select $1, 'stripe-main', now() - n * interval '20 minutes', 1 from unnest($2::int[]) as n`,
    [tx.tenantId, numbers],
  );
  await tx.query(
    `insert into quarantined_records (tenant_id, id, source_id, entity_type, code, path, problem, raw_path, status, first_at, last_at)
     select $1, id, 'stripe-main', 'Payment', '', '', '', '', 'RESOLVED', now() - n * interval '1 minute', now()
     from unnest($2::text[], $3::int[]) as made (id, n)`,
    [tx.tenantId, ids("QuarantinedRecord"), numbers],
  );
  await tx.query(
    `insert into findings (tenant_id, id, source_id, kind, cause, summary, evidence, remedy, opened_at)
     select $1, id, 'stripe-main', '', 'WEBHOOK', '', '{}', '', now() - n * interval '1 minute'
     from unnest($2::text[], $3::int[]) as made (id, n)`,
    [tx.tenantId, ids("Finding"), numbers],
  );
}

const page = { limit: 21, after: undefined };
const later = { limit: 21, after: { at: "2026-01-01 03:00:00+00", id: "zzz" } };
const parents = Array.from({ length: 20 }, (_, n) => n);
const all = (read: (n: number) => Promise<unknown>) => Promise.all(parents.map(read));

const LISTS: readonly [name: string, index: string, read: (loaders: Loaders) => Promise<unknown>][] = [
  ["payments", "payments_listed", ({ lists }) => lists.payments({}, page)],
  ["payments behind a cursor", "payments_listed", ({ lists }) => lists.payments({}, later)],
  ["payments by status", "payments_by_status", ({ lists }) => lists.payments({ status: ["FAILED"] }, page)],
  ["payments by debtor", "payments_by_debtor", ({ lists }) => lists.payments({ debtor: "pty_x" }, later)],
  [
    "payments by creation",
    "payments_listed",
    ({ lists }) => lists.payments({ createdFrom: "2026-01-01T01:00:00Z", createdTo: "2026-01-01T02:00:00Z" }, page),
  ],
  ["payments by external id", "payments_pkey", ({ lists }) => lists.payments({ externalId: "pi_1" }, page)],
  ["parties", "parties_listed", ({ lists }) => lists.parties({}, page)],
  ["accounts", "accounts_listed", ({ lists }) => lists.accounts({}, later)],
  ["refunds", "refunds_listed", ({ lists }) => lists.refunds({}, later)],
  ["disputes", "disputes_listed", ({ lists }) => lists.disputes({}, page)],
  ["payouts", "payouts_listed", ({ lists }) => lists.payouts({}, page)],
  ["payouts by destination", "payouts_by_destination", ({ lists }) => lists.payouts({ destination: "acc_x" }, page)],
  ["ledger entries", "ledger_entries_listed", ({ lists }) => lists.ledgerEntries({}, later)],
  [
    "ledger entries by account",
    "ledger_entries_by_account",
    ({ lists }) => lists.ledgerEntries({ account: "acc_x" }, page),
  ],
  ["runs", "sync_runs_listed", ({ lists }) => lists.syncRuns({}, page)],
  ["deliveries", "deliveries_listed", ({ lists }) => lists.deliveries({}, page)],
  ["deliveries behind a cursor", "deliveries_listed", ({ lists }) => lists.deliveries({}, later)],
  [
    "deliveries of a source",
    "deliveries_listed",
    ({ lists }) => lists.deliveries({ sourceIds: ["stripe-other"] }, page),
  ],
  [
    "deliveries of several sources",
    "deliveries_listed",
    ({ lists }) => lists.deliveries({ sourceIds: ["stripe-other", "stripe-main"] }, later),
  ],
  [
    "deliveries by event type",
    "deliveries_listed",
    ({ lists }) => lists.deliveries({ eventTypes: ["type-1", "type-2"] }, page),
  ],
  [
    "deliveries of a time",
    "deliveries_listed",
    ({ lists }) => lists.deliveries({ receivedFrom: "2026-01-01T01:00:00Z", receivedTo: "2026-01-01T02:00:00Z" }, page),
  ],
  ["applied deliveries", "deliveries_listed", ({ lists }) => lists.deliveries({ status: ["APPLIED"] }, page)],
  ["parked deliveries", "deliveries_set_aside", ({ lists }) => lists.deliveries({ status: ["PARKED"] }, page)],
  [
    "parked and discarded deliveries of a source",
    "deliveries_set_aside",
    ({ lists }) => lists.deliveries({ status: ["PARKED", "DISCARDED"], sourceIds: ["stripe-main"] }, later),
  ],
  ["deliveries to be applied", "deliveries_due", ({ lists }) => lists.deliveries({ status: ["PENDING"] }, page)],
  ["quarantined records", "quarantined_records_listed", ({ lists }) => lists.quarantinedRecords({}, page)],
  ["findings", "findings_listed", ({ lists }) => lists.findings({}, page)],
];

const CHILDREN: readonly [name: string, index: string, read: (loaders: Loaders) => Promise<unknown>][] = [
  [
    "attempts by payment",
    "payment_attempts_by_payment",
    (l) => all((n) => l.attemptsByPayment.load({ parentId: `${n}`, ...page })),
  ],
  [
    "refunds by payment",
    "refunds_by_payment",
    (l) => all((n) => l.refundsByPayment.load({ parentId: `${n}`, ...later })),
  ],
  [
    "disputes by payment",
    "disputes_by_payment",
    (l) => all((n) => l.disputesByPayment.load({ parentId: `${n}`, ...page })),
  ],
  [
    "payments by debtor",
    "payments_by_debtor",
    (l) => all((n) => l.paymentsByDebtor.load({ parentId: `${n}`, ...later })),
  ],
  [
    "payouts by destination",
    "payouts_by_destination",
    (l) => all((n) => l.payoutsByDestination.load({ parentId: `${n}`, ...page })),
  ],
  [
    "balances by account",
    "balances_by_account",
    (l) => all((n) => l.balancesByAccount.load({ parentId: `${n}`, ...page })),
  ],
  [
    "ledger by account",
    "ledger_entries_by_account",
    (l) => all((n) => l.ledgerEntriesByAccount.load({ parentId: `${n}`, ...later })),
  ],
  [
    "ledger by origin",
    "ledger_entries_by_origin",
    (l) => all((n) => l.ledgerEntriesByOrigin.load({ parentId: `${n}`, ...page })),
  ],
  [
    "ledger by payment",
    "ledger_entries_by_origin",
    (l) => all((n) => l.ledgerEntriesByPayment.load({ parentId: `${n}`, ...page })),
  ],
  ["refunded by payment", "payment_attempts_by_payment", (l) => all((n) => l.refundedByPayment.load(`${n}`))],
  [
    "fresh payments",
    "payments_pkey",
    (l) => all((n) => l.freshEntity.load({ type: "Payment", id: `pay_${`${n}`.padStart(22, "0")}`, maxAge: 5 })),
  ],
  [
    "fresh balances",
    "balances_by_account",
    (l) => all((n) => l.freshBalances.load({ accountId: accountId(n), maxAge: 5, limit: 100 })),
  ],
  [
    "tries by delivery",
    "delivery_attempts_pkey",
    (l) => all((n) => l.historyByDelivery.load(newOperationId("Delivery", n))),
  ],
  [
    "conflicts by delivery",
    "delivery_conflicts_pkey",
    (l) => all((n) => l.conflictsByDelivery.load(newOperationId("Delivery", n))),
  ],
  [
    "bodies of conflicts",
    "delivery_conflicts_pkey",
    (l) => all((n) => l.conflictBody.load({ deliveryId: newOperationId("Delivery", n), contentHash: "" })),
  ],
  ["parked deliveries by source", "deliveries_set_aside", (l) => l.waitingBySource.load("stripe-main")],
  ["waiting deliveries by source", "deliveries_due", (l) => l.waitingBySource.load("stripe-main")],
  ["webhooks by source", "webhook_counts_pkey", (l) => l.webhookStateBySource.load("stripe-main")],
  ["payments by id", "payments_pkey", (l) => all((n) => l.paymentById.load(`pay_${`${n}`.padStart(22, "0")}`))],
];

function accountId(n: number): string {
  return entityId("acme", "stripe-main", "Account", `acct_${n}`);
}

async function expectIndex(index: string, read: (loaders: Loaders) => Promise<unknown>): Promise<readonly Plan[]> {
  const nodes = await plansOf(store, read);
  expect(nodes.map((node) => node["Index Name"]).filter((name) => name !== undefined)).toContain(index);
  const scanned = nodes.filter((node) => node["Node Type"] === "Seq Scan").map((node) => node["Relation Name"]);
  expect(scanned.filter((table) => table !== "sources")).toEqual([]);
  return nodes;
}

/** Whether a step sorts rows of a table as they are, and not pages of them. */
function sortsWithoutLimit(node: Plan): boolean {
  return node["Node Type"].includes("Sort") && (node.Plans ?? []).some(readsWithoutLimit);
}

function readsWithoutLimit(node: Plan): boolean {
  if (node["Node Type"] === "Limit") return false;
  const isTable = node["Relation Name"] !== undefined && node["Relation Name"] !== "sources";
  return isTable || (node.Plans ?? []).some(readsWithoutLimit);
}

// A table that has just been filled has no statistics yet: where the planner's guess would be a scan for each parent,
// the statement leaves it no choice.
describe("plans without statistics", () => {
  test.each(CHILDREN.filter(([, index]) => index === "ledger_entries_by_origin"))(
    "%s are found by %s",
    async (_name, index, read) => {
      await expectIndex(index, read);
    },
  );
});

describe("plans", () => {
  beforeAll(() => analyze(store));

  test.each(LISTS)("%s are read in the order of %s, without sorting", async (name, index, read) => {
    const nodes = await expectIndex(index, read);
    // A list by external id is one object for each source, and of deliveries that wait there are few. Every other must stop
    // at the page's end; what was cut to pages may be sorted.
    const isShort = name.includes("external id") || name.includes("to be applied");
    expect(isShort ? [] : nodes.filter(sortsWithoutLimit)).toEqual([]);
  });

  test.each(CHILDREN)("%s are found by %s", async (_name, index, read) => {
    await expectIndex(index, read);
  });
});
