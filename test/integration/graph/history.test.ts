import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { entityId, type EntityType } from "../../../src/domain/ids.ts";
import { retentionsOf } from "../../../src/parts/retention.ts";
import { deleteOldRows } from "../../../src/store/delete-old-rows.ts";
import { ageRows } from "../../helpers/age-rows.ts";
import { camt } from "../../helpers/bank-files.ts";
import { type BankGraphServer, useBankGraph } from "../../helpers/bank-graph.ts";
import { bankTransactionRecord } from "../../helpers/bank-world.ts";
import { codeBlock } from "../../helpers/documents.ts";
import type { GraphServer } from "../../helpers/graph-server.ts";
import {
  accountRecord,
  addSource,
  attemptRecord,
  balanceRecord,
  euro,
  ledgerEntryRecord,
  partyRecord,
  paymentRecord,
  payoutRecord,
  type Place,
  putRecords,
  refundRecord,
  tombstoneRecord,
} from "../../helpers/ledger-world.ts";
import { matchEverything } from "../../helpers/match-payouts.ts";

let server: BankGraphServer;
let graph: GraphServer;
beforeAll(async () => {
  server = await useBankGraph();
  graph = server.graph;
});
afterAll(async () => server[Symbol.asyncDispose]());

/** Each test has a source of its own. */
let place: Place;
let serial = 0;
beforeEach(async () => {
  place = { database: graph.database, tenantId: "acme", sourceId: `source-${(serial += 1)}` };
  await addSource(place);
});

const idOf = (type: EntityType, externalId: string, { tenantId, sourceId }: Place = place) =>
  entityId(tenantId, sourceId, type, externalId);

const FIELDS = "fields { field before { text } after { text } }";
const HISTORY = `isComplete completeSince pageInfo { hasNextPage endCursor }
  nodes { revision change ${FIELDS} cause { via run { id } delivery { id } file { id name } feed { state } } }`;

interface Change {
  readonly revision: number;
  readonly change: string;
  readonly fields: readonly { field: string; before: { text: string } | null; after: { text: string } | null }[];
  readonly cause: Readonly<Record<string, unknown>>;
}

interface History {
  readonly isComplete: boolean;
  readonly completeSince: string;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly nodes: readonly Change[];
}

/** The history of a Node, as another tenant too. */
async function historyOf(type: EntityType, externalId: string, args = "first: 20"): Promise<History> {
  const { data, errors } = await graph.query(
    `{ node(id: "${idOf(type, externalId)}") { ... on ${type} { history(${args}) { ${HISTORY} } } } }`,
  );
  expect(errors).toEqual([]);
  return data.node.history;
}

/** Changes in short: number, kind and `field: before -> after`. */
function inShort({ nodes }: History): (readonly unknown[])[] {
  return nodes.map(({ revision, change, fields }) => [
    revision,
    change,
    ...fields.map(({ field, before, after }) => `${field}: ${before?.text ?? "-"} -> ${after?.text ?? "-"}`),
  ]);
}

describe("the history of an object", () => {
  test("lists each change with the fields of the graph before and after, newest first, and the creation with its first values", async () => {
    await putRecords(place, [paymentRecord(1, { status: "PROCESSING", rawStatus: "processing", capturedMinor: 0n })]);
    await putRecords(place, [paymentRecord(1)]);
    await putRecords(place, [paymentRecord(1, { description: "Order 7", debtorExternalId: undefined })]);
    const history = await historyOf("Payment", "pi_1");
    const payer = idOf("Party", "cus_1");
    expect(inShort(history)).toEqual([
      [3, "UPDATED", "description: - -> Order 7", `debtor: ${payer} -> -`],
      [
        2,
        "UPDATED",
        "status: PROCESSING -> SUCCEEDED",
        "rawStatus: processing -> succeeded",
        "captured: EUR 0.00 -> EUR 10.50",
      ],
      [
        1,
        "CREATED",
        "status: - -> PROCESSING",
        "rawStatus: - -> processing",
        "kind: - -> PAYIN",
        "amount: - -> EUR 10.50",
        "captured: - -> EUR 0.00",
        "method: - -> card",
        `debtor: - -> ${payer}`,
        "references: - -> stripe.payment_intent pi_1",
        "createdAt: - -> 2026-01-01T00:01:00.000Z",
      ],
    ]);
    expect(history).toMatchObject({ isComplete: true, pageInfo: { hasNextPage: false } });
    expect(history.nodes.map(({ cause }) => cause["via"])).toEqual(["POLL", "POLL", "POLL"]);
  });

  test("of an object that has never changed is its creation, and a state that is only confirmed is no change", async () => {
    await putRecords(place, [partyRecord(1)]);
    await putRecords(place, [partyRecord(1)]);
    expect(inShort(await historyOf("Party", "cus_1"))).toEqual([
      [
        1,
        "CREATED",
        "kind: - -> PERSON",
        "name: - -> Payer 1",
        "identifiers: - -> stripe.customer cus_1",
        "createdAt: - -> 2026-01-01T00:01:00.000Z",
      ],
    ]);
  });

  test("has a deletion and a reappearance with the time of the deletion", async () => {
    await putRecords(place, [partyRecord(1)]);
    await tombstoneRecord(place, "Party", "cus_1");
    await putRecords(place, [{ ...partyRecord(1), name: "Back" }]);
    const { nodes } = await historyOf("Party", "cus_1", "first: 2");
    expect(nodes.map(({ revision, change }) => [revision, change])).toEqual([
      [3, "CREATED"],
      [2, "DELETED"],
    ]);
    const [back, deleted] = nodes.map(({ fields }) => new Map(fields.map((one) => [one.field, one])));
    expect(deleted?.get("deletedAt")).toEqual({
      field: "deletedAt",
      before: null,
      after: { text: expect.any(String) },
    });
    expect(back?.get("deletedAt")?.after).toBeNull();
    expect(back?.get("deletedAt")?.before).toEqual(deleted?.get("deletedAt")?.after);
    expect([...(back?.keys() ?? [])]).toEqual(["name", "deletedAt"]);
  });

  test("of an object of which only the deletion was seen begins with the deletion", async () => {
    await tombstoneRecord(place, "Payment", "pi_9");
    const { nodes } = await historyOf("Payment", "pi_9");
    expect(nodes).toMatchObject([{ revision: 1, change: "DELETED", fields: [{ field: "deletedAt", before: null }] }]);
  });

  test("gives amounts exactly, with their digits, also where the currency changes and beyond 64 bits", async () => {
    const large = 123_456_789_012_345_678_901_234_567_890n;
    const yen = { minor: 7n, currency: "JPY", exponent: 0 };
    const amounts = [euro(9_007_199_254_740_993n), { minor: large, currency: "EUR", exponent: 5 }, yen];
    for (const amount of amounts) await putRecords(place, [bankTransactionRecord("tx", 1, { amount })]);
    const id = idOf("BankTransaction", "tx");
    const money = "money { amount currency minor exponent }";
    const { data } = await graph.query(
      `{ bankTransaction(id: "${id}") { history { nodes { fields { field before { text ${money} } after { text ${money} } } } } } }`,
    );
    const changes = data.bankTransaction.history.nodes.map(
      ({ fields }: Change) => fields.find(({ field }) => field === "amount") ?? null,
    );
    const value = (currency: string, amount: string, minor: string, exponent: number) => ({
      text: `${currency} ${amount}`,
      money: { amount, currency, minor, exponent },
    });
    const [first, second, third] = [
      value("EUR", "90071992547409.93", "9007199254740993", 2),
      value("EUR", "1234567890123456789012345.67890", large.toString(), 5),
      value("JPY", "7", "7", 0),
    ];
    expect(changes).toEqual([
      { field: "amount", before: second, after: third },
      { field: "amount", before: first, after: second },
      { field: "amount", before: null, after: first },
    ]);
  });

  test("names members of nested objects by their path, and loads the objects that values refer to", async () => {
    await putRecords(place, [paymentRecord(1), attemptRecord(1), refundRecord(1)]);
    const error = { code: "card_declined", category: "DECLINED" as const, retryable: true, message: undefined };
    const payerDetails = { name: "Ada", email: undefined, phone: undefined, address: undefined };
    await putRecords(place, [
      { ...attemptRecord(1), status: "FAILED", error, payerDetails, extensions: { "stripe.risk": "9" } },
    ]);
    await putRecords(place, [{ ...refundRecord(1), paymentExternalId: undefined }]);
    const { data } = await graph.query(
      `{ payment(id: "${idOf("Payment", "pi_1")}") { attempts { history(first: 1) { nodes { ${FIELDS} } } } }
         refund(id: "${idOf("Refund", "re_1_0")}") { history(first: 1) { nodes { fields {
           field before { entity { id ... on Payment { externalId } } } after { text } } } } } }`,
    );
    const [attempt] = data.payment.attempts;
    expect(attempt.history.nodes[0].fields).toEqual([
      { field: "status", before: { text: "SUCCEEDED" }, after: { text: "FAILED" } },
      { field: "error.code", before: null, after: { text: "card_declined" } },
      { field: "error.category", before: null, after: { text: "DECLINED" } },
      { field: "error.retryable", before: null, after: { text: "true" } },
      { field: "payerDetails.name", before: null, after: { text: "Ada" } },
      { field: "extensions.stripe.risk", before: null, after: { text: "9" } },
    ]);
    expect(data.refund.history.nodes[0].fields).toEqual([
      { field: "payment", before: { entity: { id: idOf("Payment", "pi_1"), externalId: "pi_1" } }, after: null },
    ]);
  });

  test("of a balance lists its earlier amounts", async () => {
    await putRecords(place, [accountRecord(1), balanceRecord(1)]);
    await putRecords(place, [{ ...balanceRecord(1), money: euro(7_500n) }]);
    const { data } = await graph.query(
      `{ account(id: "${idOf("Account", "acct_1")}") { balances { history { nodes { revision ${FIELDS} } } } } }`,
    );
    expect(data.account.balances[0].history.nodes[0]).toEqual({
      revision: 2,
      fields: [{ field: "money", before: { text: "EUR 50.00" }, after: { text: "EUR 75.00" } }],
    });
  });

  test("is paged by keyset: every change once, whatever the size of the pages and what is added between them", async () => {
    for (let n = 1; n <= 7; n += 1) await putRecords(place, [{ ...partyRecord(1), name: `Name ${n}` }]);
    for (const size of [1, 2, 3, 7]) {
      const seen: number[] = [];
      let after = "";
      do {
        const { nodes, pageInfo } = await historyOf("Party", "cus_1", `first: ${size}${after}`);
        expect(nodes.length).toBeLessThanOrEqual(size);
        seen.push(...nodes.map(({ revision }) => revision));
        after = pageInfo.hasNextPage ? `, after: "${pageInfo.endCursor}"` : "";
      } while (after !== "");
      expect(seen).toEqual([7, 6, 5, 4, 3, 2, 1]);
    }
    const { pageInfo } = await historyOf("Party", "cus_1", "first: 5");
    await putRecords(place, [{ ...partyRecord(1), name: "Newer" }]);
    const { nodes } = await historyOf("Party", "cus_1", `first: 5, after: "${pageInfo.endCursor}"`);
    expect(nodes.map(({ revision }) => revision)).toEqual([2, 1]);
  });

  test.each(["first: 0", "first: 101"])("refuses %s", async (args) => {
    await putRecords(place, [partyRecord(1)]);
    const { errors } = await graph.query(
      `{ party(id: "${idOf("Party", "cus_1")}") { history(${args}) { nodes { at } } } }`,
    );
    expect(errors).toMatchObject([
      { message: expect.stringContaining("first") as unknown, extensions: { code: "INVALID_INPUT" } },
    ]);
  });

  test("refuses the cursor of another object", async () => {
    await putRecords(place, [partyRecord(1), partyRecord(2)]);
    const { data } = await graph.query(`{ party(id: "${idOf("Party", "cus_1")}") { history { edges { cursor } } } }`);
    const { cursor } = data.party.history.edges[0];
    const { errors } = await graph.query(
      `{ party(id: "${idOf("Party", "cus_2")}") { history(after: "${cursor}") { nodes { at } } } }`,
    );
    expect(errors).toMatchObject([{ extensions: { code: "INVALID_CURSOR" } }]);
  });
});

describe("F94: the history of an object", () => {
  test("stays within its tenant, for an object that another tenant has under the same ids at its source", async () => {
    const other = { ...place, tenantId: "umbrella" };
    await addSource(other);
    await putRecords(place, [partyRecord(1)]);
    await putRecords(other, [{ ...partyRecord(1), name: "Theirs" }]);
    await putRecords(other, [{ ...partyRecord(1), name: "Theirs later" }]);
    const id = idOf("Party", "cus_1", other);
    expect((await graph.query(`{ node(id: "${id}") { id } }`)).data.node).toBeNull();
    expect(inShort(await historyOf("Party", "cus_1"))).toHaveLength(1);
    const rows = await graph.database.read("acme", (tx) =>
      tx.query("select 1 as found from entity_changes where entity_id = $1", [id]),
    );
    expect(rows).toEqual([]);
  });
});

describe("the history of an object after the retention period", () => {
  const DAYS = {
    deliveries: 99,
    events: 99,
    runs: 99,
    payloads: 99,
    files: 99,
    quarantine: 99,
    findings: 99,
    alerts: 99,
    history: 9,
    audit: 99,
    evidence: 99,
  };
  const sweep = () => deleteOldRows({ db: graph.database, tenantId: "acme", retentions: retentionsOf(DAYS) });

  test("F101: ends where changes are no longer kept, and says since when it is complete", async () => {
    await putRecords(place, [partyRecord(1), partyRecord(2)]);
    await putRecords(place, [{ ...partyRecord(1), name: "Second" }]);
    await ageRows(graph.database, "acme", 10);
    await putRecords(place, [{ ...partyRecord(1), name: "Third" }]);
    expect(await historyOf("Party", "cus_1")).toMatchObject({ isComplete: true });
    expect(await sweep()).toEqual({ entity_changes: expect.any(Number) });
    const history = await historyOf("Party", "cus_1");
    expect(inShort(history)).toEqual([[3, "UPDATED", "name: Second -> Third"]]);
    const { data } = await graph.query(
      `{ party(id: "${idOf("Party", "cus_1")}") { history { isComplete completeSince nodes { at } } } }`,
    );
    expect(data.party.history).toMatchObject({ isComplete: false, completeSince: data.party.history.nodes[0].at });
    // An object that has never changed has its creation in its own row.
    expect(await historyOf("Party", "cus_2")).toMatchObject({ isComplete: true, nodes: [{ change: "CREATED" }] });
  });

  test("is empty, and complete since the last change, when none is kept any more", async () => {
    await putRecords(place, [partyRecord(1)]);
    await putRecords(place, [{ ...partyRecord(1), name: "Second" }]);
    await ageRows(graph.database, "acme", 10);
    const before = Date.now();
    await sweep();
    const history = await historyOf("Party", "cus_1");
    expect(history).toMatchObject({ isComplete: false, nodes: [], pageInfo: { hasNextPage: false, endCursor: null } });
    expect(Date.parse(history.completeSince)).toBeLessThanOrEqual(before);
  });
});

test("a change by a file names the file, also where it follows from the file's other contents", async () => {
  const bank = await server.bank();
  const entry = { amount: "10.00", booked: "2024-03-01", valued: "2024-03-01", endToEndId: "E1" };
  await bank.bring(camt("052.08", [{ id: "R1", entries: [{ ...entry, status: "PDNG" }] }], "M1"));
  await bank.bring(camt("053.08", [{ id: "S1", entries: [entry] }], "M2"));
  const [transaction] = await bank.transactions(`history { ${HISTORY} }`);
  const [changed, created] = transaction.history.nodes as Change[];
  expect(changed?.fields).toContainEqual({ field: "status", before: { text: "PENDING" }, after: { text: "BOOKED" } });
  expect(created).toMatchObject({ revision: 1, change: "CREATED" });
  expect([changed?.cause, created?.cause]).toMatchObject([{ via: "FILE" }, { via: "FILE" }]);
});

describe("everything that happened to one payment", () => {
  test("is one query: the payment, its attempts, refunds, disputes, ledger entries, payout and bank transaction, with the history of each", async () => {
    const bank = { ...place, sourceId: `${place.sourceId}-bank` };
    await addSource(bank);
    const line = ledgerEntryRecord(1, "PaymentAttempt");
    const amount = euro(999_123n);
    const payout = { ...payoutRecord(1), amount, status: "IN_TRANSIT" as const, rawStatus: "in_transit" };
    await putRecords(place, [
      paymentRecord(1, {
        status: "PROCESSING",
        rawStatus: "processing",
      }),
      partyRecord(1),
      accountRecord(1),
      attemptRecord(1),
      line,
      {
        ...refundRecord(1),
        status: "PENDING" as const,
        rawStatus: "pending",
      },
      payout,
    ]);
    await graph.database.transaction("acme", (tx) =>
      tx.query("update ledger_entries set payout_id = $1 where id = $2", [
        idOf("Payout", "po_1"),
        idOf("LedgerEntry", line.externalId),
      ]),
    );
    await putRecords(place, [paymentRecord(1), refundRecord(1), { ...payoutRecord(1), amount }]);
    await putRecords(bank, [
      bankTransactionRecord("arrived", 4, { amount, searchText: "po_1", referenceValues: ["po_1"] }),
    ]);
    await matchEverything(place);
    // The example of the documents.
    const { data, errors } = await graph.query(codeBlock("example", "history", "graphql"), {
      variables: { id: idOf("Payment", "pi_1") },
    });
    expect(errors).toEqual([]);
    const { payment } = data;
    const [refund] = payment.refunds.nodes;
    const [entry] = payment.ledgerEntries.nodes;
    const { bankTransaction } = entry.payout.bankTransaction;
    const statusesOf = ({ history: { nodes } }: { history: History }) =>
      nodes.map(({ fields }) => fields.find(({ field }) => field === "status")?.after?.text);
    expect(statusesOf(payment)).toEqual(["SUCCEEDED", "PROCESSING"]);
    expect(statusesOf(payment.attempts[0])).toEqual(["SUCCEEDED"]);
    expect(statusesOf(refund)).toEqual(["SUCCEEDED", "PENDING"]);
    expect(payment.disputes.nodes).toEqual([]);
    expect(entry.history.nodes[0].fields).toEqual([
      { field: "payout", before: null, after: { text: idOf("Payout", "po_1") } },
    ]);
    expect(statusesOf(entry.payout)).toEqual(["PAID", "IN_TRANSIT"]);
    expect(statusesOf(bankTransaction)).toEqual(["BOOKED"]);
  });
});
