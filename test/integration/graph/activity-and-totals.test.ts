import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { entityId, type EntityType } from "../../../src/domain/ids.ts";
import { type GraphServer, useGraphServer } from "../../helpers/graph-server.ts";
import {
  addSource,
  disputeRecord,
  euro,
  ledgerWorld,
  minute,
  partyRecord,
  paymentRecord,
  type Place,
  putRecords,
} from "../../helpers/ledger-world.ts";

const SIZE = 12;
const SOURCE = "stripe-main";

let graph: GraphServer;
let place: Place;
beforeAll(async () => {
  graph = await useGraphServer();
  place = { database: graph.database, tenantId: "acme", sourceId: SOURCE };
  for (const tenantId of ["acme", "umbrella"]) {
    await addSource({ ...place, tenantId });
    await putRecords({ ...place, tenantId }, ledgerWorld(0, SIZE));
  }
});
afterAll(async () => graph[Symbol.asyncDispose]());

const idOf = (type: EntityType, externalId: string): string => entityId("acme", SOURCE, type, externalId);

// oxlint-disable-next-line typescript/no-explicit-any -- each test knows the fields of its query
async function read(query: string, variables: Readonly<Record<string, unknown>> = {}): Promise<any> {
  const { data, errors } = await graph.query(query, { variables });
  expect(errors).toEqual([]);
  return data;
}

const ITEM = `__typename ... on Payment { externalId createdAt } ... on Refund { externalId createdAt }
  ... on Dispute { externalId createdAt } ... on Payout { externalId createdAt } ... on BankTransaction { externalId }`;

interface Item {
  readonly __typename: string;
  readonly externalId: string;
  readonly createdAt: string;
}

async function activity(args: string, isFromEnd: boolean): Promise<readonly Item[]> {
  const [size, position, cursor, more] = isFromEnd
    ? ["last", "before", "startCursor", "hasPreviousPage"]
    : ["first", "after", "endCursor", "hasNextPage"];
  const pages: (readonly Item[])[] = [];
  for (let at: string | null = null; ;) {
    const data = await read(
      `query ($at: String) { activity(${size}: 7, ${position}: $at${args}) { nodes { ${ITEM} } pageInfo { ${more} ${cursor} } } }`,
      { at },
    );
    pages.push(data.activity.nodes);
    if (!data.activity.pageInfo[more]) break;
    at = data.activity.pageInfo[cursor];
  }
  return isFromEnd ? pages.toReversed().flat() : pages.flat();
}

describe("activity", () => {
  test("contains every object of five kinds once, newest first, from either end", async () => {
    const items = await activity("", false);
    expect(items).toHaveLength(SIZE * 5); // payment, two refunds, dispute, payout
    const times = items.map(({ createdAt }) => createdAt);
    expect(times).toEqual(times.toSorted().toReversed());
    expect(new Set(items.map(({ externalId }) => externalId)).size).toBe(items.length);
    expect(await activity("", true)).toEqual(items);
    const { activity: counted } = await read("{ activity { totalCount { count isEstimate } } }");
    expect(counted.totalCount).toEqual({ count: items.length, isEstimate: false });
  });

  test("is narrowed by kind, source, account and time", async () => {
    const all = await activity("", false);
    const some = async (filter: string) => activity(`, filter: { ${filter} }`, false);
    expect(await some("kinds: [REFUND, PAYOUT]")).toEqual(
      all.filter(({ __typename }) => ["Refund", "Payout"].includes(__typename)),
    );
    expect(await some("sourceIds: []")).toEqual([]);
    expect((await some(`account: "${idOf("Account", "acct_3")}"`)).map(({ externalId }) => externalId)).toEqual([
      "po_3",
    ]);
    expect(await some(`from: "${minute(2)}", to: "${minute(4)}"`)).toEqual(
      all.filter(({ createdAt }) => createdAt >= minute(2) && createdAt < minute(4)),
    );
  });

  test("refuses a cursor of another filter (F96)", async () => {
    const { activity: page } = await read("{ activity(first: 1) { pageInfo { endCursor } } }");
    const { errors } = await graph.query(
      `query ($after: String) { activity(after: $after, filter: { kinds: [REFUND] }) { nodes { ${ITEM} } } }`,
      { variables: { after: page.pageInfo.endCursor } },
    );
    expect(errors).toMatchObject([{ extensions: { code: "INVALID_CURSOR" } }]);
  });
});

describe("totals", () => {
  test("are exact beyond 64 bits, by currency, of amounts with different numbers of digits", async () => {
    const large = 2n ** 62n;
    const amounts = [
      { minor: large, exponent: 2, currency: "USD" },
      { minor: large, exponent: 2, currency: "USD" },
      { minor: large, exponent: 2, currency: "USD" },
      { minor: 5n, exponent: 0, currency: "USD" },
      { minor: 7n, exponent: 0, currency: "JPY" },
    ];
    await putRecords(
      place,
      amounts.map((amount, n) => paymentRecord(100 + n, { amount, capturedMinor: 1n, method: "wire" })),
    );
    const { paymentTotals } = await read(
      '{ paymentTotals(filter: { method: ["wire"] }) { count sums { currency count amount { minor exponent } captured { minor } } } }',
    );
    expect(paymentTotals).toEqual({
      count: 5,
      sums: [
        { currency: "JPY", count: 1, amount: { minor: "7", exponent: 0 }, captured: { minor: "1" } },
        {
          currency: "USD",
          count: 4,
          amount: { minor: `${3n * large + 500n}`, exponent: 2 },
          captured: { minor: "103" },
        },
      ],
    });
  });

  test("add up exactly what the list with the same filter contains", async () => {
    const created = `createdFrom: "${minute(2)}", createdTo: "${minute(9)}"`;
    const data = await read(
      `{ refundTotals(filter: { ${created} }) { count sums { currency amount { minor } } }
         refunds(first: 100, filter: { ${created} }) { nodes { amount { minor } } }
         payoutTotals(filter: { ${created} }) { count sums { currency count amount { minor } } }
         ledgerEntryTotals(filter: { kind: [PAYMENT], ${created} }) { count sums { gross { minor } fee { minor } net { minor } } }
         bankTransactionTotals { count sums { currency } } }`,
    );
    const sum = data.refunds.nodes.reduce(
      (total: bigint, { amount }: { amount: { minor: string } }) => total + BigInt(amount.minor),
      0n,
    );
    expect(data.refundTotals).toEqual({
      count: data.refunds.nodes.length,
      sums: [{ currency: "EUR", amount: { minor: `${sum}` } }],
    });
    expect(data.payoutTotals).toEqual({ count: 7, sums: [{ currency: "EUR", count: 7, amount: { minor: "6300" } }] });
    expect(data.ledgerEntryTotals).toEqual({
      count: 28,
      sums: [{ gross: { minor: "29400" }, fee: { minor: "1400" }, net: { minor: "28000" } }],
    });
    expect(data.bankTransactionTotals).toEqual({ count: 0, sums: [] });
  });

  test("are one statement each", async () => {
    graph.takeStatements();
    await read("{ paymentTotals { count } refundTotals { count } }");
    expect(graph.takeStatements()).toHaveLength(2);
  });
});

describe("a week of a frontend", () => {
  beforeAll(() =>
    putRecords(place, [
      { ...partyRecord(4), email: "ada@example.com" },
      ...[1, 2, 3].map((n) =>
        paymentRecord(200 + n, {
          debtorExternalId: "cus_4",
          amount: euro(BigInt(n) * 1_000n),
          createdAt: minute(200 + n),
        }),
      ),
      { ...disputeRecord(200), paymentExternalId: "pi_4", evidenceDueBy: "2026-02-04T12:00:00.000Z" },
    ]),
  );

  test("payments of a customer who is found by e-mail", async () => {
    const { parties } = await read(
      '{ parties(filter: { email: "ADA@example.com" }) { nodes { payments(orderBy: AMOUNT_DESC, first: 2) { nodes { externalId } totalCount { count } } } } }',
    );
    expect(parties.nodes).toEqual([
      { payments: { nodes: [{ externalId: "pi_203" }, { externalId: "pi_202" }], totalCount: { count: 4 } } },
    ]);
  });

  test("payments of the last days by amount, and the page before the last", async () => {
    const list = `payments(last: 2, PAGE orderBy: AMOUNT_DESC, filter: { createdFrom: "${minute(200)}" })`;
    const page = "{ nodes { externalId } pageInfo { hasPreviousPage startCursor } }";
    const { payments: last } = await read(`{ ${list.replace("PAGE", "")} ${page} }`);
    expect(last.nodes).toEqual([{ externalId: "pi_202" }, { externalId: "pi_201" }]);
    const { payments: before } = await read(
      `query ($before: String) { ${list.replace("PAGE", "before: $before")} ${page} }`,
      { before: last.pageInfo.startCursor },
    );
    expect(before.nodes).toEqual([{ externalId: "pi_203" }]);
    expect(before.pageInfo.hasPreviousPage).toBe(false);
  });

  test("sums by currency of a customer's payments", async () => {
    const { paymentTotals } = await read(
      `{ paymentTotals(filter: { debtor: "${idOf("Party", "cus_4")}" }) { count sums { currency amount { amount } } } }`,
    );
    expect(paymentTotals).toEqual({ count: 4, sums: [{ currency: "EUR", amount: { amount: "70.50" } }] });
  });

  test("disputes whose evidence is due this week, the most urgent first", async () => {
    const { disputes } = await read(
      `{ disputes(orderBy: DUE_ASC, filter: { dueFrom: "2026-02-02T00:00:00Z", dueTo: "2026-02-09T00:00:00Z" }) { nodes { externalId } } }`,
    );
    expect(disputes.nodes).toEqual([{ externalId: "dp_200" }]);
  });

  test("everything that happened to one payment", async () => {
    const items = await activity(`, filter: { payment: "${idOf("Payment", "pi_4")}" }`, false);
    expect(items.map(({ externalId }) => externalId)).toEqual(["dp_200", "re_4_1", "pi_4", "re_4_0", "dp_4"]);
  });
});
