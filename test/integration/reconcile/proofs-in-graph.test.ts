import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { entityId } from "../../../src/domain/ids.ts";
import { updateFindings } from "../../../src/ingest/apply/update-findings.ts";
import { countBalances, markComparable } from "../../../src/reconcile/balance-chain/count-balances.ts";
import { refreshProofs, settlePayouts } from "../../../src/reconcile/payout-proof/refresh-proofs.ts";
import { day, IBAN, statementRecord } from "../../helpers/bank-world.ts";
import { type GraphServer, useGraphServer } from "../../helpers/graph-server.ts";
import {
  accountRecord,
  addSource,
  balanceRecord,
  euro,
  ledgerEntryRecord,
  minute,
  payoutRecord,
  type Place,
  putRecords,
} from "../../helpers/ledger-world.ts";

const DAY = 1_440;
let graph: GraphServer;
let place: Place;
beforeAll(async () => {
  graph = await useGraphServer();
  place = { database: graph.database, tenantId: "acme", sourceId: "main" };
  await addSource(place);
  const account = { accountExternalId: "acct_1" };
  const balance = (n: number, minor: bigint) => ({
    ...balanceRecord(1),
    ...account,
    externalId: "acct_1:BOOKED",
    kind: "BOOKED" as const,
    money: euro(minor),
    asOf: minute(n * DAY),
  });
  const entry = (n: number, at: number, gross: bigint) => ({
    ...ledgerEntryRecord(n, undefined),
    ...account,
    createdAt: minute(at),
    gross: euro(gross),
    feeMinor: 50n,
    netMinor: gross - 50n,
    availableOn: minute(at),
  });
  const left = (n: number, at: number, minor: bigint) => ({
    ...ledgerEntryRecord(n, "Payout"),
    ...account,
    kind: "PAYOUT" as const,
    createdAt: minute(at),
    gross: euro(-minor),
    feeMinor: 0n,
    netMinor: -minor,
  });
  const payout = (n: number, at: number, minor: bigint) => ({
    ...payoutRecord(n),
    ...account,
    createdAt: minute(at),
    amount: euro(minor),
    disclosure: "NOT_DISCLOSED" as const,
  });
  await putRecords(place, [
    accountRecord(1),
    entry(1, 10, 1_050n),
    payout(11, 20, 600n),
    left(11, 20, 600n),
    entry(2, DAY + 10, 2_050n),
    payout(12, DAY + 20, 2_401n),
    left(12, DAY + 20, 2_401n),
    // Statements of another account.
    { ...accountRecord(2), externalId: IBAN, kind: "BANK_ACCOUNT" as const },
    statementRecord("S1", 1),
    statementRecord("S2", 2),
  ]);
  for (const [n, minor] of [
    [1, 400n],
    [2, 0n],
    [3, 0n],
  ] as const)
    await putRecords(place, [balance(n, minor)]);
  await graph.database.transaction("acme", async (tx) => {
    await refreshProofs(tx, await settlePayouts(tx, ["main"]));
    await countBalances(tx, ["main"]);
    await markComparable(tx, [{ sourceId: "main", until: minute(10 * DAY) }]);
  });
});
afterAll(async () => graph[Symbol.asyncDispose]());

async function data(query: string): Promise<Record<string, unknown>> {
  const answer = await graph.query(query);
  expect(answer.errors).toEqual([]);
  return answer.data;
}

test("payouts are filtered and summed up by what is proven of them", async () => {
  const nodes = "nodes { externalId proof { state basis residue { kind amount { amount } } unexplained { amount } } }";
  expect(
    await data(`{
    explained: payouts(filter: { proof: [EXPLAINED] }) { ${nodes} }
    unexplained: payouts(filter: { proof: [UNEXPLAINED] }) { ${nodes} }
    payoutTotals(filter: { proof: [UNEXPLAINED] }) { count sums { amount { amount } } }
  }`),
  ).toEqual({
    explained: {
      nodes: [
        {
          externalId: "po_11",
          proof: {
            state: "EXPLAINED",
            basis: "BALANCE_SINCE_LAST_PAYOUT",
            residue: [{ kind: "KEPT_BALANCE", amount: { amount: "-4.00" } }],
            unexplained: { amount: "0.00" },
          },
        },
      ],
    },
    unexplained: {
      nodes: [
        {
          externalId: "po_12",
          proof: {
            state: "UNEXPLAINED",
            basis: "BALANCE_SINCE_LAST_PAYOUT",
            residue: [
              { kind: "CARRIED_BALANCE", amount: { amount: "4.00" } },
              { kind: "UNKNOWN", amount: { amount: "0.01" } },
            ],
            unexplained: { amount: "0.01" },
          },
        },
      ],
    },
    payoutTotals: { count: 1, sums: [{ amount: { amount: "24.01" } }] },
  });
});

const chain = (account: string, args = "") =>
  data(`{ account(id: "${entityId("acme", "main", "Account", account)}") { balanceChain(currency: "EUR"${args}) {
    state basis
    links(first: 2) { nodes { day opening { minor } entriesSum { minor } entryCount closing { minor } difference { minor } gap { minor }
      isComparable statement { externalId } } pageInfo { hasNextPage endCursor } }
    drift { difference { minor } firstDay firstDifference { minor } lastAgreedDay candidates { reason } }
  } } }`);

test("a chain of balances has a link for each day, and its drift begins where balance and ledger part", async () => {
  const first = { opening: { minor: "0" }, entriesSum: { minor: "400" }, entryCount: 2, closing: { minor: "400" } };
  const second = { opening: { minor: "400" }, entriesSum: { minor: "-401" }, entryCount: 2, closing: { minor: "0" } };
  const common = { gap: null, isComparable: true, statement: null };
  expect(await chain("acct_1")).toMatchObject({
    account: {
      balanceChain: {
        state: "BROKEN",
        basis: "LEDGER",
        links: {
          nodes: [
            { day: "2026-01-02", ...first, difference: { minor: "0" }, ...common },
            { day: "2026-01-03", ...second, difference: { minor: "1" }, ...common },
          ],
          pageInfo: { hasNextPage: true },
        },
        drift: {
          difference: { minor: "1" },
          firstDay: "2026-01-03",
          firstDifference: { minor: "1" },
          lastAgreedDay: "2026-01-02",
          candidates: [],
        },
      },
    },
  });
});

test("the chain of a bank account is made of its statements", async () => {
  expect(await chain(IBAN, `, from: "${day(2)}"`)).toMatchObject({
    account: {
      balanceChain: {
        state: "AGREES",
        basis: "STATEMENTS",
        drift: null,
        links: {
          nodes: [
            { day: day(2), statement: { externalId: "S2" }, opening: { minor: "0" }, closing: { minor: "10000" } },
          ],
        },
      },
    },
  });
});

test("an account without a ledger and statements has no chain", async () => {
  await putRecords(place, [accountRecord(9)]);
  expect(await chain("acct_9")).toEqual({ account: { balanceChain: null } });
});

test("accounts are filtered by open findings about the chain of their balances, or about one of their statements", async () => {
  const idOf = (type: "Account" | "Statement", name: string): string => entityId("acme", "main", type, name);
  const finding = { cause: "FORMAT_MISMATCH", summary: "", remedy: "" } as const;
  const open = async (kind: string, evidence: Readonly<Record<string, string>>) => {
    const check = { kind, subject: "1", finding: { ...finding, evidence } };
    await graph.database.transaction("acme", (tx) => updateFindings(tx, "main", [check]));
  };
  const close = async (kind: string) => {
    const check = { kind, subject: "1", finding: undefined };
    await graph.database.transaction("acme", (tx) => updateFindings(tx, "main", [check]));
  };
  const broken = async (filter = "") => {
    const query = `{ accounts(filter: { balanceChain: [BROKEN]${filter} }) { nodes { externalId } totalCount { count } } }`;
    return (await data(query))["accounts"];
  };
  await putRecords(place, [{ ...accountRecord(8), externalId: "report" }]);
  await putRecords(place, [statementRecord("R1", 3, { accountExternalId: "report", kind: "REPORT" })]);
  expect(await broken()).toEqual({ nodes: [], totalCount: { count: 0 } });

  await open("BALANCE_CHAIN_BROKEN", { id: idOf("Account", "acct_1") });
  await open("PAYOUT_LINES_DIFFER", { id: idOf("Account", "acct_9") });
  await open("STATEMENT_NOT_CLOSED", { statementId: idOf("Statement", "R1") }); // reports are in no chain
  expect(await broken()).toEqual({ nodes: [{ externalId: "acct_1" }], totalCount: { count: 1 } });

  await open("STATEMENT_GAP", { statementId: idOf("Statement", "S2") });
  expect(await broken(", kind: BANK_ACCOUNT")).toEqual({ nodes: [{ externalId: IBAN }], totalCount: { count: 1 } });
  expect(await broken(', externalId: "acct_9"')).toEqual({ nodes: [], totalCount: { count: 0 } });

  await close("BALANCE_CHAIN_BROKEN");
  expect(await broken()).toEqual({ nodes: [{ externalId: IBAN }], totalCount: { count: 1 } });
  expect(await data("{ accounts(filter: { balanceChain: [] }) { nodes { id } } }")).toEqual({
    accounts: { nodes: [] },
  });
});
