import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { UseCases } from "../../../resolvers/use-cases.ts";
import { entityId } from "../../../src/domain/ids.ts";
import { createMatchByHand } from "../../../src/reconcile/payout-bank/match-by-hand.ts";
import { bankTransactionRecord, day } from "../../helpers/bank-world.ts";
import { type GraphServer, useGraphServer } from "../../helpers/graph-server.ts";
import { addSource, euro, payoutRecord, type Place, putRecords } from "../../helpers/ledger-world.ts";
import { matchEverything } from "../../helpers/match-payouts.ts";
import { analyze, plansOf } from "../../helpers/plans.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";

let store: TestStore;
let graph: GraphServer;
beforeAll(async () => {
  store = await useStore();
  const matchByHand = createMatchByHand({ db: store.db, now: () => Date.parse("2026-01-20") });
  // The tests call no other mutations.
  graph = await useGraphServer(
    { useCases: matchByHand as unknown as UseCases },
    { connection: store.connection, close: async () => undefined },
  );
  const stripe: Place = { database: store.db, tenantId: "acme", sourceId: "stripe-main" };
  const bank: Place = { ...stripe, sourceId: "bank" };
  await addSource(stripe);
  await addSource(bank);
  await putRecords(stripe, [
    { ...payoutRecord(0), externalId: "po_1", amount: euro(4_100n), arrivalDate: day(10) },
    { ...payoutRecord(0), externalId: "po_2", amount: euro(7_300n), arrivalDate: day(10) },
  ]);
  await putRecords(bank, [
    bankTransactionRecord("credit", 10, { amount: euro(4_100n), searchText: "STRIPE po_1" }),
    bankTransactionRecord("other", 10, { amount: euro(4_000n) }),
  ]);
  await matchEverything(stripe);
});
afterAll(async () => {
  await graph[Symbol.asyncDispose]();
  await store[Symbol.asyncDispose]();
});

const payoutId = (name: string): string => entityId("acme", "stripe-main", "Payout", name);
const transactionId = (name: string): string => entityId("acme", "bank", "BankTransaction", name);

async function ask(text: string) {
  const { data, errors } = await graph.query(text);
  expect(errors).toEqual([]);
  return data;
}

const DECISIONS = `nodes { kind reason decidedBy decidedAt undoneBy undoneAt payouts { externalId } bankTransactions { externalId } }
  pageInfo { hasNextPage endCursor }`;

test("decisions about a payout and a transaction are listed newest first, also those that were undone", async () => {
  const separated = await ask(
    `mutation { unmatchPayout(payoutId: "${payoutId("po_1")}", reason: "another company") { id } }`,
  );
  const undo = (reason: string) =>
    graph.query(
      `mutation { undoMatchDecision(id: "${separated.unmatchPayout.id}", reason: "${reason}") { undoneBy } }`,
    );
  expect((await undo(" ")).errors[0]).toMatchObject({ message: expect.stringMatching(/^reason must/) });
  expect((await undo("the same company")).errors).toEqual([]);
  await ask(
    `mutation { matchPayout(payoutIds: ["${payoutId("po_1")}"], bankTransactionIds: ["${transactionId("other")}"], reason: "seen at the bank") { id } }`,
  );
  const first = (await ask(`{ payout(id: "${payoutId("po_1")}") { matchDecisions(first: 1) { ${DECISIONS} } } }`))
    .payout.matchDecisions;
  expect(first).toMatchObject({
    nodes: [
      {
        kind: "MATCH",
        reason: "seen at the bank",
        undoneAt: null,
        payouts: [{ externalId: "po_1" }],
        bankTransactions: [{ externalId: "other" }],
      },
    ],
    pageInfo: { hasNextPage: true },
  });
  const after = JSON.stringify(first.pageInfo.endCursor);
  const { payout } = await ask(
    `{ payout(id: "${payoutId("po_1")}") { matchDecisions(first: 5, after: ${after}) { ${DECISIONS} } } }`,
  );
  expect(payout.matchDecisions).toMatchObject({
    nodes: [
      {
        kind: "UNMATCH",
        reason: "another company",
        undoneAt: expect.any(String),
        undoneBy: expect.any(String),
        bankTransactions: [{ externalId: "credit" }],
      },
    ],
    pageInfo: { hasNextPage: false },
  });
  const { other, credit, untouched } = await ask(`{
    other: bankTransaction(id: "${transactionId("other")}") { matchDecisions { nodes { kind } } }
    credit: bankTransaction(id: "${transactionId("credit")}") { matchDecisions { edges { cursor node { kind } } } }
    untouched: payout(id: "${payoutId("po_2")}") { matchDecisions { nodes { kind } } }
  }`);
  expect(other.matchDecisions.nodes).toEqual([{ kind: "MATCH" }]);
  expect(credit.matchDecisions.edges).toMatchObject([{ node: { kind: "UNMATCH" } }]);
  expect(untouched.matchDecisions.nodes).toEqual([]);
  const { errors } = await graph.query(
    `{ payout(id: "${payoutId("po_2")}") { matchDecisions(first: 5, after: ${after}) { nodes { id } } } }`,
  );
  expect(errors[0]?.extensions.code).toBe("INVALID_CURSOR");
});

test("the decisions about many objects are read by one statement with indexes", async () => {
  await store.db.transaction("acme", async (tx) => {
    await tx.query(
      `insert into payout_match_decisions (tenant_id, id, source_id, kind, reason, decided_by, decided_at)
       select 'acme', 'decision_' || n, 'stripe-main', 'UNMATCH', '', '', now() from generate_series(1, 3000) as n`,
    );
    await tx.query(
      `insert into payout_match_decision_objects (tenant_id, decision_id, object_id, source_id, object_type, joins)
       select 'acme', 'decision_' || n, 'object_' || n, 'stripe-main', 'Payout', false from generate_series(1, 3000) as n`,
    );
  });
  await analyze(store);
  const plans = await plansOf(store, (loaders) =>
    Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        loaders.decisionsByObject.load({ objectId: `object_${n}`, limit: 21, after: undefined }),
      ),
    ),
  );
  const indexes = plans.flatMap((plan) => plan["Index Name"] ?? []);
  expect(indexes).toContain("payout_match_decision_objects_by_object");
  expect(plans.filter((plan) => plan["Node Type"] === "Seq Scan").map((plan) => plan["Relation Name"])).toEqual([]);
});
