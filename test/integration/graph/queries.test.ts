import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { entityId } from "../../../src/domain/ids.ts";
import { type GraphServer, useGraphServer } from "../../helpers/graph-server.ts";
import {
  addSource,
  attemptRecord,
  tombstoneRecord,
  ledgerWorld,
  minute,
  paymentRecord,
  type Place,
  putRecords,
} from "../../helpers/ledger-world.ts";

const SIZE = 25;
let graph: GraphServer;
let place: Place;
beforeAll(async () => {
  graph = await useGraphServer();
  place = { database: graph.database, tenantId: "acme", sourceId: "stripe-main" };
  await addSource(place);
  await putRecords(place, ledgerWorld(0, SIZE));
});
afterAll(async () => graph[Symbol.asyncDispose]());

const idOf = (type: Parameters<typeof entityId>[2], externalId: string) =>
  entityId("acme", "stripe-main", type, externalId);

/** Every item of a list, page by page. */
async function readAll(list: string, first: number, filter = ""): Promise<string[]> {
  const found: string[] = [];
  for (let after: string | null = null; ;) {
    const { data, errors } = await graph.query(
      `query ($after: String) { ${list}(first: ${first}, after: $after ${filter}) {
        nodes { id } pageInfo { hasNextPage endCursor } } }`,
      { variables: { after } },
    );
    expect(errors).toEqual([]);
    found.push(...data[list].nodes.map(({ id }: { id: string }) => id));
    if (!data[list].pageInfo.hasNextPage) return found;
    after = data[list].pageInfo.endCursor;
  }
}

describe("root lists", () => {
  test.each([
    ["payments", "Payment", SIZE],
    ["accounts", "Account", SIZE],
    ["parties", "Party", SIZE],
    ["refunds", "Refund", 2 * SIZE],
    ["disputes", "Dispute", SIZE],
    ["payouts", "Payout", SIZE],
    ["ledgerEntries", "LedgerEntry", 4 * SIZE],
    ["sources", "Source", 1],
  ])("%s: pages of 7 return each object once", async (list, _type, count) => {
    const ids = await readAll(list, 7);
    expect(ids).toHaveLength(count);
    expect(new Set(ids).size).toBe(count);
  });

  test("are newest first", async () => {
    const { data } = await graph.query("{ payments(first: 2) { nodes { externalId createdAt } } }");
    expect(data.payments.nodes).toEqual([
      { externalId: `pi_${SIZE - 1}`, createdAt: minute(SIZE - 1) },
      { externalId: `pi_${SIZE - 2}`, createdAt: minute(SIZE - 2) },
    ]);
  });

  test("a page is not shifted by objects that arrive while it is read", async () => {
    const first = await graph.query("{ payments(first: 5) { nodes { externalId } pageInfo { endCursor } } }");
    await putRecords(place, [paymentRecord(900)]);
    const { data } = await graph.query(
      "query ($after: String) { payments(first: 1, after: $after) { nodes { externalId } } }",
      {
        variables: { after: first.data.payments.pageInfo.endCursor },
      },
    );
    expect(data.payments.nodes).toEqual([{ externalId: `pi_${SIZE - 6}` }]);
    await tombstoneRecord(place, "Payment", "pi_900");
  });

  test("edges carry the cursor of each item", async () => {
    const { data } = await graph.query("{ payments(first: 3) { edges { cursor node { externalId } } } }");
    const [, second] = data.payments.edges;
    const after = await graph.query(
      "query ($after: String) { payments(first: 1, after: $after) { nodes { externalId } pageInfo { hasPreviousPage } } }",
      {
        variables: { after: second.cursor },
      },
    );
    expect(after.data.payments).toEqual({
      nodes: [{ externalId: data.payments.edges[2].node.externalId }],
      pageInfo: { hasPreviousPage: true },
    });
  });

  test("filters narrow a list, alone and together", async () => {
    await putRecords(place, [paymentRecord(50, { status: "FAILED", rawStatus: "failed", debtorExternalId: "cus_3" })]);
    const debtor = idOf("Party", "cus_3");
    expect(await readAll("payments", 10, "filter: { status: [FAILED] }")).toEqual([idOf("Payment", "pi_50")]);
    expect(await readAll("payments", 10, `filter: { debtor: "${debtor}" }`)).toEqual([
      idOf("Payment", "pi_50"),
      idOf("Payment", "pi_3"),
    ]);
    expect(await readAll("payments", 10, `filter: { debtor: "${debtor}", status: [SUCCEEDED, CANCELED] }`)).toEqual([
      idOf("Payment", "pi_3"),
    ]);
    expect(await readAll("payments", 10, `filter: { createdFrom: "${minute(3)}", createdTo: "${minute(5)}" }`)).toEqual(
      [idOf("Payment", "pi_4"), idOf("Payment", "pi_3")],
    );
    expect(await readAll("payments", 10, `filter: { externalId: "pi_7" }`)).toEqual([idOf("Payment", "pi_7")]);
    expect(await readAll("payments", 10, `filter: { externalId: "pi_7", sourceIds: [] }`)).toEqual([]);
    expect(await readAll("payments", 10, "filter: { status: [] }")).toEqual([]);
    expect(await readAll("ledgerEntries", 10, `filter: { account: "${idOf("Account", "acct_1")}" }`)).toHaveLength(4);
  });

  test("exclude deleted objects unless they are requested", async () => {
    await putRecords(place, [paymentRecord(60)]);
    await tombstoneRecord(place, "Payment", "pi_60");
    const filter = `externalId: "pi_60"`;
    expect(await readAll("payments", 10, `filter: { ${filter} }`)).toEqual([]);
    expect(await readAll("payments", 10, `filter: { ${filter}, includeDeleted: true }`)).toEqual([
      idOf("Payment", "pi_60"),
    ]);
  });
});

describe("objects in the graph", () => {
  test("a payment returns exact money, its parts and its source", async () => {
    const { data, errors } = await graph.query(
      /* GraphQL */ `
        query ($id: ID!) {
          payment(id: $id) {
            __typename
            id
            externalId
            kind
            status
            rawStatus
            method
            description
            createdAt
            deletedAt
            amount {
              amount
              currency
              minor
              exponent
            }
            captured {
              amount
            }
            refunded {
              amount
            }
            debtor {
              name
              identifiers {
                scheme
                value
              }
            }
            creditor {
              name
            }
            references {
              scheme
              value
            }
            extensions {
              name
              value
            }
            attempts {
              id
              status
              amount {
                amount
              }
              refunded {
                amount
              }
              error {
                code
              }
              payment {
                id
              }
            }
            refunds {
              nodes {
                externalId
                reason
                attempt {
                  externalId
                }
                ledgerEntries {
                  nodes {
                    externalId
                  }
                }
              }
            }
            disputes {
              nodes {
                externalId
                stage
                evidenceDueBy
              }
            }
            ledgerEntries {
              nodes {
                externalId
                gross {
                  amount
                }
                fee {
                  amount
                }
                net {
                  amount
                }
                origin {
                  __typename
                }
              }
            }
            source {
              id
              connector
              status
              scheduleSeconds
              streams {
                stream
              }
            }
            freshness {
              sourceUpdatedAt
              via
              isStale
            }
            raw {
              path
            }
          }
        }
      `,
      { variables: { id: idOf("Payment", "pi_1") } },
    );
    expect(errors).toEqual([]);
    expect(data.payment).toMatchObject({
      __typename: "Payment",
      externalId: "pi_1",
      status: "SUCCEEDED",
      amount: { amount: "10.50", currency: "EUR", minor: "1050", exponent: 2 },
      refunded: { amount: "3.00" },
      debtor: { name: "Payer 1", identifiers: [{ scheme: "stripe.customer", value: "cus_1" }] },
      creditor: null,
      attempts: [{ status: "SUCCEEDED", payment: { id: idOf("Payment", "pi_1") } }],
      refunds: {
        nodes: [
          { externalId: "re_1_1", ledgerEntries: { nodes: [] } },
          {
            externalId: "re_1_0",
            attempt: { externalId: "ch_1" },
            ledgerEntries: { nodes: [{ externalId: "txn_re_1" }] },
          },
        ],
      },
      disputes: { nodes: [{ externalId: "dp_1", stage: "CHARGEBACK", evidenceDueBy: minute(2) }] },
      source: { id: "stripe-main", connector: "stripe", status: "ACTIVE", scheduleSeconds: 300, streams: [] },
      freshness: { sourceUpdatedAt: null, via: "POLL", isStale: false },
      raw: null,
    });
    const kinds = data.payment.ledgerEntries.nodes.map(
      (entry: { origin: { __typename: string } }) => entry.origin.__typename,
    );
    expect(kinds.sort()).toEqual(["Dispute", "PaymentAttempt", "Refund"]);
    expect(data.payment.ledgerEntries.nodes[0]).toMatchObject({
      gross: { amount: "10.50" },
      fee: { amount: "0.50" },
      net: { amount: "10.00" },
    });
  });

  test("amounts beyond 2^53 and currencies without cents stay exact", async () => {
    await putRecords(place, [
      paymentRecord(70, { amount: { minor: 9_007_199_254_740_993n, exponent: 0, currency: "JPY" }, capturedMinor: 0n }),
    ]);
    const { data } = await graph.query(
      `{ payment(id: "${idOf("Payment", "pi_70")}") { amount { amount minor currency } refunded { amount } } }`,
    );
    expect(data.payment).toEqual({
      amount: { amount: "9007199254740993", minor: "9007199254740993", currency: "JPY" },
      refunded: { amount: "0" },
    });
  });

  test("an unknown status is null, and the source's own status is returned next to it", async () => {
    await putRecords(place, [paymentRecord(71, { status: undefined, rawStatus: "on_hold" })]);
    const { data } = await graph.query(`{ payment(id: "${idOf("Payment", "pi_71")}") { status rawStatus } }`);
    expect(data.payment).toEqual({ status: null, rawStatus: "on_hold" });
  });

  test("a parent that was not observed yet is null, and its children are returned", async () => {
    await putRecords(place, [attemptRecord(72)]);
    await tombstoneRecord(place, "Payment", "pi_72");
    const { data, errors } = await graph.query(
      `{ payment(id: "${idOf("Payment", "pi_72")}") { externalId amount { amount } deletedAt attempts { externalId } } }`,
    );
    expect(errors).toEqual([]);
    expect(data.payment).toMatchObject({ externalId: "pi_72", amount: null, attempts: [{ externalId: "ch_72" }] });
    expect(typeof data.payment.deletedAt).toBe("string");
  });

  test("an account returns its balances, its ledger and its payouts", async () => {
    const { data, errors } = await graph.query(
      `{ account(id: "${idOf("Account", "acct_2")}") { ownership kind currency owner { name } balances { kind money { amount } asOf freshness { isStale } }
         ledgerEntries(first: 2) { nodes { externalId } pageInfo { hasNextPage } } payouts { nodes { externalId arrivalDate destination { id } } } } }`,
    );
    expect(errors).toEqual([]);
    expect(data.account).toMatchObject({
      ownership: "INTERNAL",
      owner: { name: "Payer 2" },
      balances: [{ kind: "AVAILABLE", money: { amount: "50.00" }, asOf: minute(2), freshness: { isStale: false } }],
      ledgerEntries: { pageInfo: { hasNextPage: true } },
      payouts: {
        nodes: [{ externalId: "po_2", arrivalDate: "2026-01-05", destination: { id: idOf("Account", "acct_2") } }],
      },
    });
  });

  test("children are paged separately for each parent", async () => {
    const first = await graph.query(
      '{ payments(first: 3, filter: { createdTo: "2026-01-01T00:03:00Z" }) { nodes { id refunds(first: 1) { nodes { externalId } pageInfo { hasNextPage endCursor } } } } }',
    );
    const [newest] = first.data.payments.nodes;
    expect(newest.refunds).toMatchObject({ nodes: [{ externalId: "re_2_1" }], pageInfo: { hasNextPage: true } });
    const second = await graph.query(
      "query ($id: ID!, $after: String) { payment(id: $id) { refunds(first: 1, after: $after) { nodes { externalId } pageInfo { hasNextPage } } } }",
      { variables: { id: newest.id, after: newest.refunds.pageInfo.endCursor } },
    );
    expect(second.data.payment.refunds).toEqual({
      nodes: [{ externalId: "re_2_0" }],
      pageInfo: { hasNextPage: false },
    });
  });
});
