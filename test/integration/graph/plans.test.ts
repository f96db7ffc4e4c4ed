import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { entityId } from "../../../src/domain/ids.ts";
import { newOperationId } from "../../../src/domain/operation-id.ts";
import type { Loaders } from "../../../src/graph/loaders/index.ts";
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
});
afterAll(async () => store[Symbol.asyncDispose]());

/** Rows of each operational table, enough that reading all of them costs more than an index. */
async function addOperations(tx: Transaction): Promise<void> {
  const numbers = Array.from({ length: 2_000 }, (_, n) => n);
  const ids = (type: Parameters<typeof newOperationId>[0]) => numbers.map((n) => newOperationId(type, n));
  await tx.query(
    `insert into sync_runs (tenant_id, id, source_id, mode, trigger, status, created_at, finished_at, event_seq)
     select $1, id, 'stripe-main', 'FULL', 'SCHEDULE', 'SUCCEEDED', now() - n * interval '1 minute', now(), 0
     from unnest($2::text[], $3::int[]) as made (id, n)`,
    [tx.tenantId, ids("SyncRun"), numbers],
  );
  await tx.query(
    `insert into entity_aliases (tenant_id, id, source_id, entity_type, external_id, root_id, root_external_id, first_at)
     select $1, 'pay_' || n, 'stripe-main', 'Payment', '', 'pay_' || n / 2, '', now() from unnest($2::int[]) as n`,
    [tx.tenantId, numbers],
  );
  await tx.query(
    `insert into deliveries (tenant_id, id, source_id, delivery_key, event_type, content_hash, received_at, status, next_attempt_at, finished_at)
     select $1, id, case when n % 4 = 0 then 'stripe-other' else 'stripe-main' end, id, 'type-' || n % 5, '',
       now() - n * interval '1 minute', case when n % 50 = 0 then 'PARKED' else 'APPLIED' end, now(), now()
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
    `insert into quarantined_records (tenant_id, id, source_id, entity_type, code, path, problem, raw_path, status, first_at, last_at, resolved_at)
     select $1, id, 'stripe-main', 'Payment', '', '', '', '', 'RESOLVED', now() - n * interval '1 minute', now(), now()
     from unnest($2::text[], $3::int[]) as made (id, n)`,
    [tx.tenantId, ids("QuarantinedRecord"), numbers],
  );
  await tx.query(
    `insert into entity_changes (tenant_id, entity_id, revision, source_id, changed_at, change, via, fields)
     select $1, 'pay_' || lpad((n % 100)::text, 22, '0'), 2 + n / 100, 'stripe-main', now(), 'UPDATED', 'POLL', '{}'
     from unnest($2::int[]) as n`,
    [tx.tenantId, numbers],
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
  [
    "ledger by payout",
    "ledger_entries_by_payout",
    (l) => all((n) => l.ledgerEntriesByPayout.load({ parentId: `${n}`, ...page })),
  ],
  [
    "history of payments",
    "entity_changes_pkey",
    (l) =>
      all((n) =>
        l.historyByEntity.load({ id: `pay_${`${n}`.padStart(22, "0")}`, limit: 21, beforeRevision: undefined }),
      ),
  ],
  [
    "later pages of the history of payments",
    "entity_changes_pkey",
    (l) => all((n) => l.historyByEntity.load({ id: `pay_${`${n}`.padStart(22, "0")}`, limit: 5, beforeRevision: 9 })),
  ],
  [
    "bounds of the history of payments",
    "entity_changes_pkey",
    (l) => all((n) => l.historyBoundsByEntity.load(`pay_${`${n}`.padStart(22, "0")}`)),
  ],
  ["proofs by lists", "ledger_entries_by_payout", (l) => all((n) => l.proofByPayout.load(`pot_${n}`))],
  ["proofs by balances", "ledger_entries_by_settlement", (l) => all((n) => l.proofByPayout.load(`pot_${n}`))],
  ["balances after payouts", "payouts_by_ledger", (l) => all((n) => l.proofByPayout.load(`pot_${n}`))],
  [
    "entries of lines of proofs",
    "ledger_entries_by_settlement",
    (l) => all((n) => l.ledgerEntriesByProofLine.load({ parentId: `pot_${n}:CHARGES`, ...page })),
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
  ["parked deliveries by source", "deliveries_by_status", (l) => l.waitingBySource.load("stripe-main")],
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

// A newly filled table has no statistics yet: where the planner might choose a scan for each parent,
// the SQL statement leaves it no choice.
describe("query plans without statistics", () => {
  test.each(CHILDREN.filter(([, index]) => index === "ledger_entries_by_origin"))(
    "%s are found by %s",
    async (_name, index, read) => {
      await expectIndex(index, read);
    },
  );
});

describe("query plans", () => {
  beforeAll(() => analyze(store));

  test.each(CHILDREN)("%s are found by %s", async (_name, index, read) => {
    await expectIndex(index, read);
  });
});
