import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { entityId } from "../../../src/domain/ids.ts";
import { affectedSubjects } from "../../../src/reconcile/invariants/affected-subjects.ts";
import { findBreaches, type Subjects } from "../../../src/reconcile/invariants/find-breaches.ts";
import { bankTransactionRecord, statementRecord, reportTransactions } from "../../helpers/bank-world.ts";
import { addSource, ledgerWorld, putRecords } from "../../helpers/ledger-world.ts";
import { analyze, plansOfWork } from "../../helpers/plans.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";

const TENANT = "acme";
const STATEMENTS = 300;
const PER_STATEMENT = 10;

let store: TestStore;
beforeAll(async () => {
  store = await useStore();
  const place = { database: store.db, tenantId: TENANT, sourceId: "main" };
  await addSource(place);
  await putRecords(place, ledgerWorld(0, 2_000));
  for (let statement = 0; statement < STATEMENTS; statement += 1) {
    const ids = Array.from({ length: PER_STATEMENT }, (_, entry) => `T${statement}-${entry}`);
    await putRecords(place, [
      statementRecord(`S${statement}`, statement, { entries: PER_STATEMENT }),
      ...ids.map((id) => bankTransactionRecord(id, statement, { statementExternalId: `S${statement}` })),
    ]);
    await reportTransactions(place, `S${statement}`, ids);
  }
  await store.db.transaction(TENANT, (tx) =>
    tx.query(
      `insert into entity_changes (tenant_id, entity_id, revision, source_id, changed_at, change, via, fields)
       select $1, 'txn_' || n, 2, 'main', now(), 'UPDATED', 'POLL', '{}' from generate_series(1, 8000) as n`,
      [TENANT],
    ),
  );
  await analyze(store);
});
afterAll(async () => store[Symbol.asyncDispose]());

const id = (type: Parameters<typeof entityId>[2], externalId: string) => entityId(TENANT, "main", type, externalId);
const subjects: Subjects = new Map([
  ["Payment", new Set([id("Payment", "pi_7")])],
  ["Refund", new Set([id("Refund", "re_7_0")])],
  ["LedgerEntry", new Set([id("LedgerEntry", "txn_ch_7")])],
  ["Account", new Set([id("Account", "acct_7")])],
  ["Statement", new Set([id("Statement", "S7")])],
  ["BankTransaction", new Set([id("BankTransaction", "T7-0")])],
  ["Payout", new Set([id("Payout", "po_7")])],
]);
const allIds = [...subjects.values()].flatMap((ids) => [...ids]);

test("the check of a few changed objects reads no whole table", async () => {
  const plans = await plansOfWork(store, async (tx) => {
    await affectedSubjects(tx, allIds);
    await findBreaches(tx, subjects);
  });
  const scanned = plans.filter((plan) => plan["Node Type"] === "Seq Scan").map((plan) => plan["Relation Name"]);
  expect(plans.length).toBeGreaterThan(10);
  expect(scanned).toEqual([]);
});
