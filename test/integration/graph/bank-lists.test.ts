import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { entityId } from "../../../src/domain/ids.ts";
import {
  bankTransactionRecord,
  day,
  IBAN,
  money,
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
  await addSource({ ...place, sourceId: "other-bank" });
  await putRecords(place, [
    { ...accountRecord(0), externalId: IBAN, kind: "BANK_ACCOUNT" },
    bankTransactionRecord("plain", 0),
    bankTransactionRecord("debit", 1, { direction: "DEBIT", isReversal: true }),
    bankTransactionRecord("pending", 2, { status: "PENDING", rawStatus: "PDNG", booked: undefined, valued: undefined }),
    bankTransactionRecord("yen", 3, { amount: money(12_345n, 0, "JPY") }),
    bankTransactionRecord("five", 4, { amount: money(1_234_567n, 5, "EUR") }), // 12.34567
    bankTransactionRecord("huge", 5, { amount: money(9_999_999_999_999_999_999_999_999n, 2, "EUR") }),
    bankTransactionRecord("named", 6, {
      referenceValues: ["E2E-1", "po_\"x\\'"],
      searchText: "Müller & Söhne GmbH Straße 5\nRe.-Nr. 2026/0815-A E2E-1",
    }),
    bankTransactionRecord("elsewhere", 7, {
      accountExternalId: "OTHER",
      referenceValues: ["E2E-10"],
      searchText: "muller",
    }),
    statementRecord("S1", 1),
    statementRecord("S2", 2, { isBalanced: false, isComplete: false }),
    statementRecord("R3", 5, { kind: "REPORT", isBalanced: undefined, firstDay: day(3), lastDay: day(5) }),
    statementRecord("N9", 9, { kind: "NOTIFICATION", isBalanced: undefined, accountExternalId: "OTHER" }),
  ]);
  await reportTransactions(place, "S1", ["plain", "debit", "plain"]);
  await putRecords({ ...place, sourceId: "other-bank" }, [bankTransactionRecord("plain", 8)]);
});
afterAll(async () => graph[Symbol.asyncDispose]());

const idOf = (type: Parameters<typeof entityId>[2], externalId: string, sourceId = "bank") =>
  entityId("acme", sourceId, type, externalId);

async function list(name: string, filter: string): Promise<string[]> {
  const { data, errors } = await graph.query(`{ ${name}(filter: { ${filter} }) { nodes { externalId } } }`);
  expect(errors).toEqual([]);
  return data[name].nodes.map(({ externalId }: { externalId: string }) => externalId);
}

/** Every item of `list`, or of `of.list`, page by page. */
async function readAll(query: string): Promise<string[]> {
  const found: string[] = [];
  for (let after: string | null = null; ;) {
    const { data, errors } = await graph.query(query, { variables: { after } });
    expect(errors).toEqual([]);
    const { nodes, pageInfo } = (data.of ?? data).list;
    found.push(...nodes.map(({ externalId }: { externalId: string }) => externalId));
    if (!pageInfo.hasNextPage) return found;
    after = pageInfo.endCursor;
  }
}

describe("the list of bank transactions", () => {
  test("is ordered by booking date, latest first, and by first observation where there is no date", async () => {
    const { data } = await graph.query("{ bankTransactions { nodes { externalId bookingDate } } }");
    const found = data.bankTransactions.nodes.map(({ externalId }: { externalId: string }) => externalId);
    expect(found).toEqual(["plain", "elsewhere", "named", "huge", "five", "yen", "pending", "debit", "plain"]);
  });

  test.each<[string, string, string[]]>([
    ["source", `sourceIds: ["other-bank"]`, ["plain"]],
    ["account", `account: "${idOf("Account", "OTHER")}"`, ["elsewhere"]],
    ["statement", `statement: "${idOf("Statement", "S1")}"`, ["debit", "plain"]],
    ["direction", "direction: DEBIT", ["debit"]],
    ["status", "status: [PENDING, FUTURE]", ["pending"]],
    ["no status", "status: []", []],
    ["first day", `bookedFrom: "${day(7)}"`, ["plain", "elsewhere"]],
    ["the day after the last", `bookedTo: "${day(2)}"`, ["debit", "plain"]],
    ["one day", `bookedFrom: "${day(3)}", bookedTo: "${day(4)}"`, ["yen"]],
    ["reversal", "isReversal: true", ["debit"]],
    ["no reversal", `isReversal: false, bookedTo: "${day(2)}"`, ["plain"]],
    ["external id", `externalId: "plain"`, ["plain", "plain"]],
    ["external id and source", `externalId: "plain", sourceIds: ["bank"]`, ["plain"]],
    ["currency", `amount: { currency: "JPY" }`, ["yen"]],
    ["exact amount", `amount: { currency: "JPY", min: "12345", max: "12345.00" }`, ["yen"]],
    ["amount with more digits", `amount: { currency: "EUR", min: "12.34567", max: "12.34567" }`, ["five"]],
    ["a little more", `amount: { currency: "EUR", min: "12.345671", max: "99.99" }`, []],
    ["a little less", `amount: { currency: "EUR", max: "12.345669" }`, []],
    ["amount beyond 64 bits", `amount: { currency: "EUR", min: "99999999999999999999999.99" }`, ["huge"]],
    ["amount beyond it", `amount: { currency: "EUR", min: "99999999999999999999999.991" }`, []],
    ["reference", `reference: "E2E-1"`, ["named"]],
    ["reference with quotes", `reference: "po_\\"x\\\\'"`, ["named"]],
    ["part of a reference", `reference: "E2E"`, []],
    ["reference with U+0000", `reference: "E2E-1\\u0000"`, []],
    ["a word", `text: "müller"`, ["elsewhere", "named"]],
    ["all words, as beginnings", `text: "MULL soh gmb"`, ["named"]],
    ["words that are not all there", `text: "muller ag"`, []],
    ["the end of a word", `text: "uller"`, []],
    ["part of a number", `text: "0815"`, ["named"]],
    ["a number as it is written", `text: "2026/0815-A"`, ["named"]],
    ["sharp s", `text: "STRASSE"`, ["named"]],
    ["operators of text search", `text: "müller & !söhne | (x:* <-> 'y"`, []],
    ["operators around what is there", `text: "!müller:* <-> 'söhne'"`, ["named"]],
    [
      "several",
      `text: "muller", account: "${idOf("Account", IBAN)}", amount: { currency: "EUR" }, reference: "E2E-1"`,
      ["named"],
    ],
    ["several that exclude each other", `reference: "E2E-1", direction: DEBIT`, []],
    ["an unknown account", `account: "${idOf("Account", "unknown")}"`, []],
  ])("is narrowed by %s", async (_name, filter, expected) => {
    expect(await list("bankTransactions", filter)).toEqual(expected);
  });

  test.each<[string, string, string]>([
    ["bookedFrom after bookedTo", `bookedFrom: "2026-01-02", bookedTo: "2026-01-01"`, "filter.bookedFrom"],
    ["an empty range of days", `bookedFrom: "2026-01-02", bookedTo: "2026-01-02"`, "filter.bookedFrom"],
    ["min above max", `amount: { currency: "EUR", min: "10.1", max: "10.09" }`, "filter.amount.min"],
    ["negative bounds that cross", `amount: { currency: "EUR", min: "-0.5", max: "-0.51" }`, "filter.amount.min"],
    ["a text without words", `text: " -/!"`, "filter.text"],
    ["an empty text", `text: ""`, "filter.text"],
    ["a text that is too long (F117)", `text: "${"\ufdfa".repeat(201)}"`, "filter.text"],
    ["another text that is too long (F117)", `externalId: "${"x".repeat(1_001)}"`, "filter.externalId"],
    ["too many words", `text: "${"a ".repeat(21)}"`, "filter.text"],
    ["an account that is no id of one", `account: "acc_x\\u0000"`, "filter.account"],
    ["an unknown source", 'sourceIds: ["bank", "bnak"]', "filter.sourceIds[1]"],
    ["too many sources", `sourceIds: [${'"a",'.repeat(101)}]`, "filter.sourceIds"],
  ])("refuses %s", async (_name, filter, argument) => {
    const { errors } = await graph.query(`{ bankTransactions(filter: { ${filter} }) { nodes { id } } }`);
    expect(errors[0]).toMatchObject({ extensions: { code: "INVALID_INPUT" } });
    expect(errors[0]?.message.startsWith(`${argument} `)).toBe(true);
  });

  test.each([
    [`bookedFrom: "2026-02-30"`],
    [`bookedTo: "0000-01-01"`],
    [`amount: { currency: "euro" }`],
    [`amount: { min: "1" }`],
    [`amount: { currency: "EUR", min: "1,5" }`],
    ["direction: IN"],
  ])("refuses %s by its type", async (filter) => {
    const { errors } = await graph.query(`{ bankTransactions(filter: { ${filter} }) { nodes { id } } }`);
    expect(errors[0]?.extensions.code).toBe("GRAPHQL_VALIDATION_FAILED");
  });

  test("follows changes of date, amount and text, and a deletion", async () => {
    const changing = bankTransactionRecord("changing", 20, { searchText: "before", amount: euro(7n) });
    await putRecords(place, [changing]);
    expect(await list("bankTransactions", `text: "before"`)).toEqual(["changing"]);
    const booked = { date: day(21), time: undefined };
    await putRecords(place, [{ ...changing, booked, searchText: "after", amount: euro(8n), referenceValues: ["NEW"] }]);
    expect(await list("bankTransactions", `text: "before"`)).toEqual([]);
    expect(await list("bankTransactions", `amount: { currency: "EUR", max: "0.07" }`)).toEqual([]);
    expect(
      await list(
        "bankTransactions",
        `text: "after", reference: "NEW", amount: { currency: "EUR", max: "0.08" }, bookedFrom: "${day(21)}"`,
      ),
    ).toEqual(["changing"]);
    await tombstoneRecord(place, "BankTransaction", "changing");
    expect(await list("bankTransactions", `text: "after"`)).toEqual([]);
    expect(await list("bankTransactions", `text: "after", includeDeleted: true`)).toEqual(["changing"]);
  });
});

describe("the list of statements", () => {
  test.each<[string, string, string[]]>([
    ["nothing", "", ["N9", "R3", "S2", "S1"]],
    ["source", `sourceIds: ["other-bank"]`, []],
    ["account", `account: "${idOf("Account", "OTHER")}"`, ["N9"]],
    ["kind", "kind: [STATEMENT]", ["S2", "S1"]],
    ["kinds", "kind: [REPORT, NOTIFICATION]", ["N9", "R3"]],
    ["balanced", "isBalanced: true", ["S1"]],
    ["not balanced", "isBalanced: false", ["S2"]],
    ["incomplete", "isComplete: false", ["S2"]],
    ["first day", `dayFrom: "${day(5)}"`, ["N9", "R3"]],
    ["the day after the last", `dayTo: "${day(2)}"`, ["S1"]],
    ["a day within", `dayFrom: "${day(4)}", dayTo: "${day(5)}"`, ["R3"]],
    ["external id", `externalId: "S1"`, ["S1"]],
    [
      "several",
      `account: "${idOf("Account", IBAN)}", isBalanced: true, kind: [STATEMENT, REPORT], dayTo: "${day(3)}"`,
      ["S1"],
    ],
  ])("is narrowed by %s", async (_name, filter, expected) => {
    expect(await list("statements", filter)).toEqual(expected);
  });

  test("refuses dates in the wrong order", async () => {
    const { errors } = await graph.query(
      `{ statements(filter: { dayFrom: "2026-01-02", dayTo: "2026-01-01" }) { nodes { id } } }`,
    );
    expect(errors[0]).toMatchObject({ extensions: { code: "INVALID_INPUT" } });
    expect(errors[0]?.message).toContain("filter.dayFrom");
  });

  test("excludes deleted ones unless they are requested", async () => {
    await putRecords(place, [statementRecord("buried", 30)]);
    await tombstoneRecord(place, "Statement", "buried");
    expect(await list("statements", `externalId: "buried"`)).toEqual([]);
    expect(await list("statements", `externalId: "buried", includeDeleted: true`)).toEqual(["buried"]);
  });
});

describe("pages", () => {
  const names = Array.from({ length: 30 }, (_, n) => `page-${n}`);
  beforeAll(async () => {
    await putRecords(place, [
      { ...accountRecord(1), externalId: "PAGED" },
      ...names.map((name, n) =>
        bankTransactionRecord(name, 100 + (n % 4), { accountExternalId: "PAGED", searchText: "paged" }),
      ),
      ...names.map((name, n) => statementRecord(name, 100 + (n % 4), { accountExternalId: "PAGED" })),
    ]);
  });

  test.each(["bankTransactions", "statements"])(
    "of an account's %s return each object once, as the list of it does",
    async (field) => {
      const account = idOf("Account", "PAGED");
      const PAGE = "nodes { externalId } pageInfo { hasNextPage endCursor }";
      const children = await readAll(
        `query ($after: String) { of: account(id: "${account}") { list: ${field}(first: 7, after: $after) { ${PAGE} } } }`,
      );
      const listed = await readAll(
        `query ($after: String) { list: ${field}(first: 9, after: $after, filter: { account: "${account}" }) { ${PAGE} } }`,
      );
      expect(children.toSorted()).toEqual(names.toSorted());
      expect(listed).toEqual(children);
    },
  );

  test("of a search return each object once", async () => {
    const first = await graph.query(
      `{ bankTransactions(first: 20, filter: { text: "page" }) { nodes { externalId } pageInfo { endCursor } } }`,
    );
    const { nodes, pageInfo } = first.data.bankTransactions;
    const second = await graph.query(
      `{ bankTransactions(first: 20, after: "${pageInfo.endCursor}", filter: { text: "page" }) { nodes { externalId } } }`,
    );
    const found = [...nodes, ...second.data.bankTransactions.nodes].map(({ externalId }) => externalId as string);
    expect(found.toSorted()).toEqual(names.toSorted());
  });
});

describe("another tenant", () => {
  const umbrella = { headers: { "x-sluice-tenant": "umbrella" } };

  test("sees nothing, by list, search, id, key or cursor", async () => {
    const cursor = (await graph.query("{ bankTransactions(first: 1) { pageInfo { endCursor } } }")).data
      .bankTransactions;
    const [transaction, statement] = [idOf("BankTransaction", "named"), idOf("Statement", "S1")];
    const { data, errors } = await graph.query(
      `{ bankTransactions { nodes { id } } text: bankTransactions(filter: { text: "muller" }) { nodes { id } }
         reference: bankTransactions(filter: { reference: "E2E-1" }) { nodes { id } }
         amount: bankTransactions(filter: { amount: { currency: "EUR" } }) { nodes { id } }
         reported: bankTransactions(filter: { statement: "${statement}" }) { nodes { id } }
         statements { nodes { id } } files { nodes { id } }
         bankTransaction(id: "${transaction}") { id } statement(id: "${statement}") { id }
         node(id: "${transaction}") { id }
         _entities(representations: [{ __typename: "BankTransaction", id: "${transaction}" },
           { __typename: "Statement", source: { id: "bank" }, externalId: "S1" }]) { __typename } }`,
      umbrella,
    );
    expect(errors).toEqual([]);
    const nothing = { nodes: [] };
    expect(data).toEqual({
      bankTransactions: nothing,
      text: nothing,
      reference: nothing,
      amount: nothing,
      reported: nothing,
      statements: nothing,
      files: nothing,
      bankTransaction: null,
      statement: null,
      node: null,
      _entities: [null, null],
    });
    const stolen = await graph.query(
      `{ bankTransactions(after: "${cursor.pageInfo.endCursor}") { nodes { id } } }`,
      umbrella,
    );
    expect(stolen.errors[0]?.extensions.code).toBe("INVALID_CURSOR");
  });

  test("the application's role reads the search table only through the view with tenant isolation", async () => {
    const direct = graph.database.read("acme", (tx) => tx.query("select 1 from bank_search"));
    await expect(direct).rejects.toThrow(/permission denied/);
    const rows = await graph.database.read("umbrella", (tx) => tx.query("select 1 from bank_transaction_search"));
    expect(rows).toEqual([]);
    await expect(graph.database.query("select 1 from bank_transaction_search")).resolves.toEqual([]);
  });

  test("_entities resolves both kinds by both keys", async () => {
    const { data, errors } = await graph.query(
      `{ _entities(representations: [{ __typename: "BankTransaction", id: "${idOf("BankTransaction", "named")}" },
         { __typename: "Statement", source: { id: "bank" }, externalId: "S1" }]) {
         ... on BankTransaction { externalId } ... on Statement { externalId } } }`,
    );
    expect(errors).toEqual([]);
    expect(data._entities).toEqual([{ externalId: "named" }, { externalId: "S1" }]);
  });
});
