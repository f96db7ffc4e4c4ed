import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { getNamedType, isEnumType, isObjectType } from "graphql";
import type { PaymentRecord } from "../../../src/domain/entities.ts";
import { entityId, type EntityType } from "../../../src/domain/ids.ts";
import type { Money } from "../../../src/domain/money.ts";
import { refreshProofs } from "../../../src/reconcile/payout-proof/refresh-proofs.ts";
import { loadSchema } from "../../../src/server/load-schema.ts";
import { completePayouts, linkLines } from "../../../src/store/entities/payout-lines.ts";
import { bankTransactionRecord } from "../../helpers/bank-world.ts";
import { codeBlock } from "../../helpers/documents.ts";
import { type GraphServer, useGraphServer } from "../../helpers/graph-server.ts";
import {
  addSource,
  disputeRecord,
  euro,
  ledgerEntryRecord,
  ledgerWorld,
  minute,
  partyRecord,
  payoutRecord,
  paymentRecord,
  type Place,
  putRecords,
  refundRecord,
  tombstoneRecord,
} from "../../helpers/ledger-world.ts";
import { matchEverything } from "../../helpers/match-payouts.ts";

const SIZE = 23;
const PAGE = 5;
const SOURCE = "stripe-main";
const schema = loadSchema();

let graph: GraphServer;
let place: Place;
beforeAll(async () => {
  graph = await useGraphServer();
  place = { database: graph.database, tenantId: "acme", sourceId: SOURCE };
  await addSource(place);
  await putRecords(place, ledgerWorld(0, SIZE));
  const other: Place = { ...place, tenantId: "umbrella" };
  await addSource(other);
  await putRecords(other, ledgerWorld(0, SIZE));
  await putRecords(
    place,
    Array.from({ length: SIZE }, (_, n) => paymentRecord(n, { amount: amountOf(n) })),
  );
  await putRecords(place, [
    ...[1, 2, 3, 4, 5, 6].map((which) => ({ ...refundRecord(0, which + 10), amount: euro(BigInt(which) * 100n) })),
    { ...disputeRecord(0), evidenceDueBy: undefined },
    { ...partyRecord(0), name: "Zoë Müller-Straße", email: "Zoe@Example.com" },
  ]);
  await putRecords(
    place,
    Array.from({ length: SIZE }, (_, n) => ({ ...payoutRecord(n), amount: amountOf(n) })),
  );
  // A payout is expected at a bank once one has reported a transaction in its currency.
  await putRecords(place, [
    bankTransactionRecord("euros", 0),
    bankTransactionRecord("yen", 0, { amount: { minor: 10_000n, exponent: 0, currency: "JPY" } }),
  ]);
  await listLines("po_0", 2 * PAGE + 1);
  await matchEverything(place);
});
afterAll(async () => graph[Symbol.asyncDispose]());

/** Stores that the source lists the first ledger entries of payments as what a payout paid out. */
async function listLines(payout: string, count: number): Promise<void> {
  const payoutId = idOf("Payout", payout);
  const entries = Array.from({ length: count }, (_, n) => ledgerEntryRecord(n, "PaymentAttempt"));
  // Without a fee, so that the proof has one line.
  await putRecords(
    place,
    entries.map((entry) => ({ ...entry, feeMinor: 0n, netMinor: entry.gross.minor })),
  );
  const lines = entries.map(({ externalId }) => ({ id: idOf("LedgerEntry", externalId), payoutId, version: 1n }));
  await graph.database.transaction("acme", async (tx) => {
    await linkLines(tx, lines);
    await completePayouts(tx, [payoutId]);
    await refreshProofs(tx, [payoutId]);
  });
}

/** Amounts of two currencies, some of them equal, and one that is negative. */
function amountOf(n: number): Money {
  if (n === 3) return euro(-500n);
  return n % 4 === 0 ? { minor: BigInt(n * 37), exponent: 0, currency: "JPY" } : euro(BigInt((n * 7) % 11) * 95n);
}

const idOf = (type: EntityType, externalId: string): string => entityId("acme", SOURCE, type, externalId);

// oxlint-disable-next-line typescript/no-explicit-any -- each test knows the fields of its query
async function read(query: string, variables: Readonly<Record<string, unknown>> = {}): Promise<any> {
  const { data, errors } = await graph.query(query, { variables });
  expect(errors).toEqual([]);
  return data;
}

interface Listed {
  readonly nodes: readonly { readonly id: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly hasPreviousPage: boolean };
}

/** Reads a list from one end to the other; the pages show at which end they are. */
async function walk(list: string, args: string, isFromEnd: boolean, pick = (data: never): unknown => data) {
  const [size, position, cursor, more] = isFromEnd
    ? ["last", "before", "startCursor", "hasPreviousPage"]
    : ["first", "after", "endCursor", "hasNextPage"];
  const pages: string[][] = [];
  for (let at: string | null = null; ;) {
    const text = `query ($at: String) { ${list.replace("PAGE", `${size}: ${PAGE}, ${position}: $at${args}`)} }`;
    const data = await read(text, { at });
    const page = (pick(data as never) as Readonly<Record<string, unknown>>)["list"] as Listed; // alias of the list
    pages.push(page.nodes.map(({ id }) => id));
    const info = page.pageInfo as unknown as Readonly<Record<string, unknown>>;
    expect(info[isFromEnd ? "hasNextPage" : "hasPreviousPage"]).toBe(at !== null);
    if (info[more] !== true) break;
    at = String(info[cursor]);
  }
  return isFromEnd ? pages.toReversed().flat() : pages.flat();
}

const FIELDS =
  "nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount { count isEstimate }";

/** Root lists with an order, and the names of their orders. */
const ordered = Object.values(schema.getQueryType()?.getFields() ?? {}).flatMap((field) => {
  const orderBy = field.args.find(({ name }) => name === "orderBy");
  const type = orderBy && getNamedType(orderBy.type);
  return isEnumType(type) && field.name !== "sources"
    ? [{ list: field.name, orders: type.getValues().map(({ name }) => name) }]
    : [];
});

/** Lists whose orders have one direction: the oldest or the largest first. */
const ONE_DIRECTION = ["reconciliationItems"];

describe("an ordered list", () => {
  test("exists for every kind of object, and for every operational list", () => {
    expect(ordered).toHaveLength(15);
  });

  test.each(ordered.flatMap(({ list, orders }) => orders.map((order) => ({ list, order }))))(
    "$list by $order is the same from either end, and the opposite of its other direction",
    async ({ list, order }) => {
      const text = `list: ${list}(PAGE) { ${FIELDS} }`;
      const forwards = await walk(text, `, orderBy: ${order}`, false);
      expect(new Set(forwards).size).toBe(forwards.length);
      expect(await walk(text, `, orderBy: ${order}`, true)).toEqual(forwards);
      const { all } = await read(`{ all: ${list}(first: 100) { nodes { id } totalCount { count isEstimate } } }`);
      expect(all.totalCount).toEqual({ count: forwards.length, isEstimate: false });
      if (ONE_DIRECTION.includes(list)) return;
      expect(order).toMatch(/_(?:ASC|DESC)$/);
      const opposite = order.endsWith("_ASC") ? order.replace("_ASC", "_DESC") : order.replace("_DESC", "_ASC");
      expect(await walk(text, `, orderBy: ${opposite}`, false)).toEqual(forwards.toReversed());
    },
  );

  test("of payments by amount is ordered by currency, and exactly by amount", async () => {
    const { payments } = await read(
      "{ payments(first: 100, orderBy: AMOUNT_ASC) { nodes { amount { currency minor exponent } } } }",
    );
    const keys = payments.nodes.map(({ amount }: { amount: { currency: string; minor: string; exponent: number } }) => [
      amount.currency,
      Number(amount.minor) / 10 ** amount.exponent,
    ]);
    const sorted = keys.toSorted(
      (one: [string, number], other: [string, number]) => one[0].localeCompare(other[0]) || one[1] - other[1],
    );
    expect(keys).toEqual(sorted);
    expect(keys[0]).toEqual(["EUR", -5]);
  });

  test("of reconciliation items has the oldest or the largest amounts first", async () => {
    const { byAge, byAmount } = await read(
      `{ byAge: reconciliationItems(first: 100, orderBy: AGE) { nodes { reconciliation { ageDays } } }
         byAmount: reconciliationItems(first: 100, orderBy: AMOUNT) { nodes { reconciliation { amount { currency minor } } } } }`,
    );
    const ages = byAge.nodes.map((node: { reconciliation: { ageDays: number } }) => node.reconciliation.ageDays);
    expect(ages.length).toBeGreaterThan(2 * PAGE);
    expect(ages).toEqual(ages.toSorted((one: number, other: number) => other - one));
    const amounts = byAmount.nodes.map(
      ({ reconciliation: { amount } }: { reconciliation: { amount: { currency: string; minor: string } } }) =>
        [amount.currency, Number(amount.minor)] as const,
    );
    expect(amounts).toHaveLength(ages.length);
    expect(amounts).toEqual(
      amounts.toSorted(
        (one: [string, number], other: [string, number]) => other[0].localeCompare(one[0]) || other[1] - one[1],
      ),
    );
    expect(amounts[0]?.[0]).toBe("JPY");
  });

  test("of disputes by due date has those without one last", async () => {
    const { disputes } = await read("{ disputes(last: 2, orderBy: DUE_ASC) { nodes { externalId evidenceDueBy } } }");
    expect(disputes.nodes).toEqual([
      { externalId: `dp_${SIZE - 1}`, evidenceDueBy: minute(SIZE) },
      { externalId: "dp_0", evidenceDueBy: null },
    ]);
  });

  test("with a filter contains the same objects as without an order", async () => {
    const filter = `filter: { method: ["card"], createdFrom: "${minute(4)}", amount: { currency: "EUR", min: "1" } }`;
    const plain = await walk(`list: payments(PAGE) { ${FIELDS} }`, `, ${filter}`, false);
    const byAmount = await walk(`list: payments(PAGE) { ${FIELDS} }`, `, ${filter}, orderBy: AMOUNT_DESC`, true);
    expect(plain.length).toBeGreaterThan(PAGE);
    expect(byAmount.toSorted()).toEqual(plain.toSorted());
  });

  test("refuses a cursor of another order, of another filter, and both page sizes at once (F96)", async () => {
    const { payments } = await read("{ payments(first: 2, orderBy: AMOUNT_DESC) { pageInfo { endCursor } } }");
    const after = payments.pageInfo.endCursor;
    const codeOf = async (args: string): Promise<unknown> => {
      const answer = await graph.query(`query ($after: String) { payments(${args}) { nodes { id } } }`, {
        variables: { after },
      });
      return answer.errors[0]?.extensions.code;
    };
    expect(await codeOf("after: $after, orderBy: AMOUNT_DESC")).toBeUndefined();
    expect(await codeOf("before: $after, last: 3, orderBy: AMOUNT_DESC")).toBeUndefined();
    expect(await codeOf("after: $after, orderBy: AMOUNT_ASC")).toBe("INVALID_CURSOR");
    expect(await codeOf("after: $after")).toBe("INVALID_CURSOR");
    expect(await codeOf('after: $after, orderBy: AMOUNT_DESC, filter: { method: ["card"] }')).toBe("INVALID_CURSOR");
    expect(await codeOf("first: 3, last: 3, after: $after, orderBy: AMOUNT_DESC")).toBe("INVALID_INPUT");
  });

  test("is counted only if the count is selected", async () => {
    graph.takeStatements();
    await read("{ payments(first: 1) { nodes { id } } }");
    expect(graph.takeStatements()).toHaveLength(1);
    const { payments } = await read("{ payments(first: 1) { totalCount { count isEstimate } } }");
    expect(payments.totalCount).toEqual({ count: SIZE, isEstimate: false });
  });
});

/** Lists within other objects that take an order. */
const nested = Object.values(schema.getTypeMap())
  .filter(isObjectType)
  .filter(({ name }) => name !== "Query")
  .flatMap((type) => Object.values(type.getFields()).map((field) => ({ type: type.name, field })))
  .flatMap(({ type, field }) => {
    const orderBy = field.args.find(({ name }) => name === "orderBy");
    const order = orderBy && getNamedType(orderBy.type);
    return isEnumType(order) ? [{ type, field: field.name, orders: order.getValues().map(({ name }) => name) }] : [];
  });

/** Objects without an id, which are read as parts of others. */
const PARTS: Readonly<Record<string, { text(list: string): string; pick(data: never): unknown }>> = {
  PayoutProofLine: {
    text: (list) => `payout(id: "${idOf("Payout", "po_0")}") { proof { lines { ${list} } } }`,
    pick: (data) => (data as { readonly payout: { proof: { lines: readonly unknown[] } } }).payout.proof.lines[0],
  },
};

describe("a list within an object", () => {
  test.each(nested)("$field of $type has pages from both ends in every order", async ({ type, field, orders }) => {
    const id = idOf(
      type as EntityType,
      { Payment: "pi_0", Party: "cus_0", Account: "acct_0", Refund: "re_0_0", Dispute: "dp_0", Payout: "po_0" }[type] ??
        "",
    );
    const list = `list: ${field}(PAGE) { ${FIELDS} }`;
    const part = PARTS[type];
    const text = part?.text(list) ?? `node(id: "${id}") { ... on ${type} { ${list} } }`;
    const pick = part?.pick ?? ((data: never): unknown => (data as { readonly node: unknown }).node);
    for (const order of orders) {
      const forwards = await walk(text, `, orderBy: ${order}`, false, pick);
      expect(await walk(text, `, orderBy: ${order}`, true, pick)).toEqual(forwards);
    }
  });

  test("takes the filter of its kind, and counts what matches it", async () => {
    const { payment } = await read(
      `{ payment(id: "${idOf("Payment", "pi_0")}") {
        refunds(filter: { amount: { currency: "EUR", min: "2", max: "4.00" } }, orderBy: AMOUNT_ASC) {
          nodes { amount { amount } } totalCount { count isEstimate }
        }
        all: refunds { totalCount { count } }
      } }`,
    );
    expect(payment.refunds.nodes.map((node: { amount: { amount: string } }) => node.amount.amount)).toEqual([
      "2.00",
      "3.00",
      "4.00",
    ]);
    expect(payment.refunds.totalCount).toEqual({ count: 3, isEstimate: false });
    expect(payment.all.totalCount.count).toBe(8);
  });

  test("is read for all parents of a page by one statement, and counted by one", async () => {
    graph.takeStatements();
    await read(
      `{ payments(first: 20) { nodes { refunds(last: 2, filter: { status: [SUCCEEDED] }, orderBy: AMOUNT_DESC) {
        nodes { id } totalCount { count } } } } }`,
    );
    expect(graph.takeStatements()).toHaveLength(3);
  });
});

test("pages miss and repeat nothing that existed while others are written between them", async () => {
  const before = await walk(`list: payments(PAGE) { ${FIELDS} }`, ", orderBy: AMOUNT_DESC", false);
  const written: PaymentRecord[] = Array.from({ length: 6 }, (_, n) =>
    paymentRecord(500 + n, { amount: euro(BigInt(n) * 190n) }),
  );
  const seen: string[] = [];
  for (let after: string | null = null; ;) {
    const { payments } = await read(
      "query ($after: String) { payments(first: 4, after: $after, orderBy: AMOUNT_DESC) { nodes { id } pageInfo { hasNextPage endCursor } } }",
      { after },
    );
    seen.push(...payments.nodes.map(({ id }: { id: string }) => id));
    const record = written.shift();
    if (record !== undefined) await putRecords(place, [record]);
    if (!payments.pageInfo.hasNextPage) break;
    after = payments.pageInfo.endCursor;
  }
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen.filter((id) => before.includes(id))).toEqual(before);
  for (let n = 0; n < 6; n += 1) await tombstoneRecord(place, "Payment", `pi_${500 + n}`);
});

test("the example of the document is answered", async () => {
  const data = await read(codeBlock("example", "lists", "graphql"), { after: null });
  expect(Object.keys(data)).toEqual(["parties", "payments", "paymentTotals", "disputes", "activity"]);
});

test.each([
  ["account", "acct_1"],
  ["party", "cus_1"],
  ["payment", "pi_1"],
  ["refund", "re_1_0"],
  ["dispute", "dp_1"],
  ["payout", "po_1"],
  ["ledgerEntry", "txn_ch_1"],
])("%sByExternalId finds the object by its source and the source's own id", async (name, externalId) => {
  const text = `query ($source: ID!, $id: ID!) { found: ${name}ByExternalId(sourceId: $source, externalId: $id) { externalId } }`;
  expect(await read(text, { source: SOURCE, id: externalId })).toEqual({ found: { externalId } });
  expect(await read(text, { source: SOURCE, id: "nothing" })).toEqual({ found: null });
  expect(await read(text, { source: "nothing", id: externalId })).toEqual({ found: null });
});

describe("a filter", () => {
  test.each([
    ["payments", 'sourceIds: ["stripe-main", "stripe-mian"]', "filter.sourceIds[1]"],
    ["payments", `debtor: "${"pay_".padEnd(26, "0")}"`, "filter.debtor"],
    ["refunds", 'payment: "pi_1"', "filter.payment"],
    ["payments", 'amount: { currency: "EUR", min: "2", max: "1" }', "filter.amount.min"],
    ["payments", 'text: "--"', "filter.text"],
    ["parties", `name: "${"a ".repeat(21)}"`, "filter.name"],
    ["disputes", `dueFrom: "${minute(2)}", dueTo: "${minute(1)}"`, "filter.dueFrom"],
  ])("of %s that is %s is refused, naming the field", async (list, filter, field) => {
    const { errors } = await graph.query(`{ ${list}(filter: { ${filter} }) { nodes { id } } }`);
    expect(errors).toMatchObject([{ extensions: { code: "INVALID_INPUT" } }]);
    expect(errors[0]?.message.startsWith(`${field} `)).toBe(true);
  });

  test.each<[string, string, readonly string[]]>([
    ["parties", 'email: "zoe@EXAMPLE.com"', ["cus_0"]],
    ["parties", 'email: "zoe@example"', []],
    ["parties", 'name: "zoe mull"', ["cus_0"]],
    ["parties", 'name: "STRASSE"', ["cus_0"]],
    ["parties", 'name: "Payer 7"', ["cus_7"]],
    ["parties", 'name: "zoe\\u0000\\u1680&|!:*\\ufeff"', ["cus_0"]],
    ["parties", 'email: "a\\u0000"', []],
    ["payments", 'text: "pi_7"', ["pi_7"]],
    ["payments", `debtor: "${idOf("Party", "cus_5")}"`, ["pi_5"]],
    ["refunds", `payment: "${idOf("Payment", "pi_6")}"`, ["re_6_1", "re_6_0"]],
    ["refunds", 'reason: ["duplicate"]', []],
    ["disputes", `dueFrom: "${minute(3)}", dueTo: "${minute(5)}"`, ["dp_3", "dp_2"]],
    [
      "ledgerEntries",
      `availableFrom: "${minute(3)}", availableTo: "${minute(4)}", kind: [PAYMENT]`,
      ["1", "1", "1", "1"],
    ],
    ["payouts", `account: "${idOf("Account", "acct_4")}"`, ["po_4"]],
  ])("of %s by %s finds what it names", async (list, filter, expected) => {
    const data = await read(`{ list: ${list}(filter: { ${filter} }) { nodes { externalId } totalCount { count } } }`);
    const found: string[] = data.list.nodes.map(({ externalId }: { externalId: string }) => externalId);
    expect(list === "ledgerEntries" ? found.map((id) => id.split("_").at(-1)) : found).toEqual(expected);
    expect(data.list.totalCount.count).toBe(expected.length);
  });
});
