import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { entityId } from "../../../src/domain/ids.ts";
import {
  bankTransactionRecord,
  day,
  IBAN,
  money,
  putMessage,
  statementRecord,
  reportTransactions,
} from "../../helpers/bank-world.ts";
import { type GraphServer, useGraphServer } from "../../helpers/graph-server.ts";
import { accountRecord, addSource, tombstoneRecord, euro, type Place, putRecords } from "../../helpers/ledger-world.ts";

let graph: GraphServer;
let place: Place;
beforeAll(async () => {
  graph = await useGraphServer();
  place = { database: graph.database, tenantId: "acme", sourceId: "bank" };
  await addSource(place);
  await putRecords(place, [{ ...accountRecord(0), externalId: IBAN, kind: "BANK_ACCOUNT" }]);
});
afterAll(async () => graph[Symbol.asyncDispose]());

const idOf = (type: Parameters<typeof entityId>[2], externalId: string) => entityId("acme", "bank", type, externalId);

describe("a bank statement", () => {
  test("returns every field", async () => {
    const balance = { code: "OPBD", money: euro(-100n), date: undefined, isDirectionAssumed: true };
    const checks = [
      { currency: "EUR", opening: balance, closing: undefined, booked: euro(5n), difference: undefined },
      { currency: "USD", opening: undefined, closing: balance, booked: money(1n, 2, "USD"), difference: euro(-7n) },
    ];
    await putRecords(place, [
      statementRecord("full", 5, {
        legalSequence: "7",
        copyDuplicate: "COPY",
        checks,
        isBalanced: false,
        summaryMatches: false,
        summaryDifferences: [{ figure: "all.count", stated: "3", found: "2" }],
        entries: 9,
        booked: 5,
        pending: 3,
        faulty: 1,
        detailsDiffer: 2,
        pages: [1, 3],
        isComplete: false,
      }),
      statementRecord("before", 4),
      statementRecord("copy", 6),
      statementRecord("late", 8),
      statementRecord("after", 7),
    ]);
    await putLink("full", "EUR", "before", "GAP", 250n, 2);
    await putLink("full", "USD", undefined, "FIRST", undefined, undefined);
    await putLink("copy", "EUR", "full", "DUPLICATE", 0n, 2);
    await putLink("late", "EUR", "full", "GAP", 1n, 2);
    await putLink("after", "EUR", "full", "CONTINUOUS", 0n, 2);
    const { data, errors } = await graph.query(
      `{ statement(id: "${idOf("Statement", "full")}") {
        __typename externalId kind messageVersion messageId statementId electronicSequence legalSequence copyDuplicate issuedAt
        periodFrom periodTo firstDay lastDay isBalanced entryCount bookedCount pendingCount faultyCount detailsDiffer pages isComplete
        createdAt deletedAt source { id } account { externalId }
        balances { code money { amount } date isDirectionAssumed } opening { code money { amount } date isDirectionAssumed }
        closing { code } checks { currency opening { code } closing { code } booked { amount } difference { amount } isBalanced }
        difference { amount } summary { agrees differences { figure stated found } }
        links { currency state previous { externalId } difference { amount } } next { externalId }
        transactions { nodes { id } } comparisons { with } extensions { name } freshness { via } raw { path } } }`,
    );
    expect(errors).toEqual([]);
    expect(data.statement).toEqual({
      __typename: "Statement",
      externalId: "full",
      kind: "STATEMENT",
      messageVersion: "camt.053.001.08",
      messageId: "M5",
      statementId: "full",
      electronicSequence: "6",
      legalSequence: "7",
      copyDuplicate: "COPY",
      issuedAt: `${day(5)}T21:00:00+01:00`,
      periodFrom: `${day(5)}T00:00:00+01:00`,
      periodTo: day(5),
      firstDay: day(5),
      lastDay: day(5),
      isBalanced: false,
      entryCount: 9,
      bookedCount: 5,
      pendingCount: 3,
      faultyCount: 1,
      detailsDiffer: 2,
      pages: [1, 3],
      isComplete: false,
      createdAt: `${day(5)}T20:00:00.000Z`,
      deletedAt: null,
      source: { id: "bank" },
      account: { externalId: IBAN },
      balances: [
        { code: "OPBD", money: { amount: "0.00" }, date: day(5), isDirectionAssumed: false },
        { code: "CLBD", money: { amount: "100.00" }, date: day(5), isDirectionAssumed: false },
      ],
      opening: { code: "OPBD", money: { amount: "-1.00" }, date: null, isDirectionAssumed: true },
      closing: null,
      checks: [
        {
          currency: "EUR",
          opening: { code: "OPBD" },
          closing: null,
          booked: { amount: "0.05" },
          difference: null,
          isBalanced: null,
        },
        {
          currency: "USD",
          opening: null,
          closing: { code: "OPBD" },
          booked: { amount: "0.01" },
          difference: { amount: "-0.07" },
          isBalanced: false,
        },
      ],
      difference: { amount: "-0.07" },
      summary: { agrees: false, differences: [{ figure: "all.count", stated: "3", found: "2" }] },
      links: [
        { currency: "EUR", state: "GAP", previous: { externalId: "before" }, difference: { amount: "2.50" } },
        { currency: "USD", state: "FIRST", previous: null, difference: null },
      ],
      next: { externalId: "after" },
      transactions: { nodes: [] },
      comparisons: [],
      extensions: [],
      freshness: { via: "POLL" },
      raw: null,
    });
    const closing = await graph.query(
      `{ statement(id: "${idOf("Statement", "before")}") { isBalanced difference { amount } summary { agrees } checks { isBalanced } } }`,
    );
    expect(closing.data.statement).toEqual({
      isBalanced: true,
      difference: null,
      summary: null,
      checks: [{ isBalanced: true }],
    });
  });

  test("lists its transactions in its own order, over its pages, without the deleted ones", async () => {
    const names = Array.from({ length: 7 }, (_, n) => `told-${(n * 3) % 7}`);
    await putRecords(place, [statementRecord("paged", 9), ...names.map((name) => bankTransactionRecord(name, 9))]);
    await reportTransactions(place, "paged", names, { perPage: 3 });
    await tombstoneRecord(place, "BankTransaction", "told-3");
    const seen: string[] = [];
    for (let after: string | null = null; ;) {
      const { data, errors } = await graph.query(
        `query ($after: String) { statement(id: "${idOf("Statement", "paged")}") {
          transactions(first: 2, after: $after) { edges { node { externalId } } pageInfo { hasNextPage endCursor } } } }`,
        { variables: { after } },
      );
      expect(errors).toEqual([]);
      const { edges, pageInfo } = data.statement.transactions;
      seen.push(...edges.map((edge: { node: { externalId: string } }) => edge.node.externalId));
      if (!pageInfo.hasNextPage) break;
      after = pageInfo.endCursor;
    }
    expect(seen).toEqual(names.filter((name) => name !== "told-3"));
  });

  test("does not list another tenant's entries, and is not found with another list's cursor", async () => {
    const { data } = await graph.query(
      `{ statement(id: "${idOf("Statement", "paged")}") { transactions(first: 1) { pageInfo { endCursor } } } }`,
    );
    const cursor = data.statement.transactions.pageInfo.endCursor;
    const other = await graph.query(
      `{ statement(id: "${idOf("Statement", "full")}") { transactions(after: "${cursor}") { nodes { id } } } }`,
    );
    expect(other.errors[0]?.extensions.code).toBe("INVALID_CURSOR");
  });
});

describe("comparisons of a statement", () => {
  const COMPARISONS = `query ($id: ID!) { statement(id: $id) { comparisons { with messages inBoth onlyHere onlyThere agrees
    onlyHereTransactions { externalId } onlyThereTransactions { externalId } } } }`;
  const compare = async (externalId: string) => {
    const { data, errors } = await graph.query(COMPARISONS, { variables: { id: idOf("Statement", externalId) } });
    expect(errors).toEqual([]);
    return data.statement.comparisons as { with: string; agrees: boolean }[];
  };

  test("compare it with the reports and the notifications of its days", async () => {
    const records = ["both", "here", "there", "noted"].map((name) => bankTransactionRecord(`cmp-${name}`, 40));
    const pending = bankTransactionRecord("cmp-pending", 40, { status: "PENDING", rawStatus: "PDNG" });
    await putRecords(place, [...records, pending, bankTransactionRecord("cmp-other-day", 44)]);
    await putMessage(place, "STATEMENT", "cmp-S", [40, 41], ["cmp-both", "cmp-here"]);
    await putMessage(place, "REPORT", "cmp-R1", [40, 40], ["cmp-both", "cmp-there", "cmp-pending"]);
    await putMessage(place, "REPORT", "cmp-R2", [41, 42], []);
    await putMessage(place, "REPORT", "cmp-R3", [44, 44], ["cmp-other-day"]);
    await putMessage(place, "NOTIFICATION", "cmp-N1", [40, 40], ["cmp-noted"]);
    await putMessage(place, "NOTIFICATION", "cmp-N2", [41, 41], ["cmp-both"]);
    expect(await compare("cmp-S")).toEqual([
      {
        with: "NOTIFICATION",
        messages: 2,
        inBoth: 1,
        onlyHere: 1,
        onlyThere: 1,
        agrees: false,
        onlyHereTransactions: [{ externalId: "cmp-here" }],
        onlyThereTransactions: [{ externalId: "cmp-noted" }],
      },
      {
        with: "REPORT",
        messages: 2,
        inBoth: 1,
        onlyHere: 1,
        onlyThere: 1,
        agrees: false,
        onlyHereTransactions: [{ externalId: "cmp-here" }],
        onlyThereTransactions: [{ externalId: "cmp-there" }],
      },
    ]);
  });

  test("agree where nothing is missing, and a notification need not contain all entries", async () => {
    await putRecords(
      place,
      ["one", "two"].map((name) => bankTransactionRecord(`agr-${name}`, 50)),
    );
    await putMessage(place, "STATEMENT", "agr-S", [50, 50], ["agr-one", "agr-two"]);
    await putMessage(place, "REPORT", "agr-R", [50, 50], ["agr-two", "agr-one"]);
    await putMessage(place, "NOTIFICATION", "agr-N", [50, 50], ["agr-one"]);
    const agreed = async (id: string) => (await compare(id)).map((one) => [one.with, one.agrees]);
    expect(await agreed("agr-S")).toEqual([
      ["NOTIFICATION", true],
      ["REPORT", true],
    ]);
    expect(await agreed("agr-N")).toEqual([
      ["REPORT", true],
      ["STATEMENT", true],
    ]);
    await putRecords(place, [bankTransactionRecord("agr-vain", 50)]);
    await putMessage(place, "NOTIFICATION", "agr-N2", [50, 50], ["agr-vain"]);
    expect(await agreed("agr-S")).toEqual([
      ["NOTIFICATION", false],
      ["REPORT", true],
    ]);
    expect(await agreed("agr-N2")).toEqual([
      ["REPORT", false],
      ["STATEMENT", false],
    ]);
  });

  test("count a transaction in two messages once, and compare nothing with another account", async () => {
    await putRecords(place, [
      bankTransactionRecord("twice", 60),
      bankTransactionRecord("foreign", 60, { accountExternalId: "X" }),
    ]);
    await putMessage(place, "STATEMENT", "twc-S", [60, 60], ["twice", "twice"]);
    await putMessage(place, "REPORT", "twc-R1", [60, 60], ["twice"]);
    await putMessage(place, "REPORT", "twc-R2", [60, 60], ["twice", "twice"]);
    await putRecords(place, [statementRecord("twc-X", 60, { kind: "NOTIFICATION", accountExternalId: "X" })]);
    await reportTransactions(place, "twc-X", ["foreign"], { account: "X" });
    expect(await compare("twc-S")).toMatchObject([
      { with: "REPORT", messages: 2, inBoth: 1, onlyHere: 0, onlyThere: 0, agrees: true },
    ]);
  });
});

async function putLink(
  statement: string,
  currency: string,
  previous: string | undefined,
  state: string,
  difference: bigint | undefined,
  exponent: number | undefined,
) {
  await graph.database.transaction("acme", (tx) =>
    tx.query(
      `insert into statement_links (tenant_id, statement_id, currency, source_id, account_id, previous_id, state, difference_minor, exponent)
       values ('acme', $1, $2, 'bank', '', $3, $4, $5, $6)`,
      [
        idOf("Statement", statement),
        currency,
        previous === undefined ? null : idOf("Statement", previous),
        state,
        difference?.toString() ?? null,
        exponent ?? null,
      ],
    ),
  );
}
