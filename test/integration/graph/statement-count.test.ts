import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { entityId } from "../../../src/domain/ids.ts";
import { addDeliveries } from "../../helpers/delivery-world.ts";
import { type GraphServer, useGraphServer } from "../../helpers/graph-server.ts";
import { addSource, ledgerWorld, putRecords } from "../../helpers/ledger-world.ts";

let graph: GraphServer;
beforeAll(async () => {
  graph = await useGraphServer({ operations: { maxCost: 1_000_000 } });
  const place = { database: graph.database, tenantId: "acme", sourceId: "stripe-main" };
  await addSource(place);
  await putRecords(place, ledgerWorld(0, 100));
});
afterAll(async () => graph[Symbol.asyncDispose]());

const EVERY_EDGE = /* GraphQL */ `
  query Everything($first: Int!) {
    payments(first: $first) {
      nodes {
        id
        source {
          id
          status
          streams {
            stream
          }
        }
        amount {
          amount
        }
        refunded {
          amount
        }
        freshness {
          isStale
        }
        debtor {
          name
          payments(first: 5) {
            nodes {
              id
            }
          }
        }
        creditor {
          name
        }
        attempts {
          id
          payment {
            id
          }
        }
        refunds(first: 10) {
          nodes {
            id
            source {
              id
            }
            attempt {
              id
            }
          }
        }
        disputes {
          nodes {
            id
            payment {
              id
            }
          }
        }
        ledgerEntries {
          nodes {
            id
            account {
              id
              balances {
                id
              }
              owner {
                id
              }
            }
            origin {
              ... on Refund {
                id
              }
              ... on PaymentAttempt {
                id
              }
              ... on Dispute {
                id
              }
            }
          }
        }
        raw {
          contentHash
        }
      }
    }
  }
`;

/** SQL statements and payments of one query over a list of this length. */
async function measure(first: number) {
  graph.takeStatements();
  const { data, errors } = await graph.query(EVERY_EDGE, { variables: { first } });
  expect(errors).toEqual([]);
  return { statements: graph.takeStatements(), payments: data.payments.nodes };
}

describe("loaders", () => {
  test("send as many SQL statements for 100 payments as for 5, over every edge", async () => {
    const few = await measure(5);
    const many = await measure(100);
    expect(few.payments).toHaveLength(5);
    expect(many.payments).toHaveLength(100);
    expect(many.statements).toHaveLength(few.statements.length);
    expect(many.payments[42].refunds.nodes).toHaveLength(2);
    expect(many.payments[42].ledgerEntries.nodes).toHaveLength(3);
    expect(many.payments[42].refunded).toEqual({ amount: "3.00" });
  });

  test("send as many SQL statements for 100 deliveries as for 5, with all their parts", async () => {
    const place = { database: graph.database, tenantId: "acme", sourceId: "stripe-main" };
    const idAt = (n: number) =>
      n % 2 === 0
        ? entityId("acme", "stripe-main", "Payment", `pi_${n % 100}`)
        : entityId("acme", "stripe-main", "Refund", `re_${n}_0`);
    await addDeliveries(
      place,
      Array.from({ length: 100 }, (_, n) => ({
        key: `evt_${n}`,
        effects: [0, 1].map((more) => ({ kind: "UPDATED", entityType: "Payment", id: idAt(n + more) })),
      })),
    );
    const query = `query ($first: Int!) { deliveries(first: $first) { nodes {
      id source { id } verification { scheme } history { number outcome } conflicts { contentHash }
      effects { kind entity { __typename ... on Payment { externalId } ... on Refund { payment { id } } } } } } }`;
    const statements = async (first: number) => {
      graph.takeStatements();
      const { data, errors } = await graph.query(query, { variables: { first } });
      expect(errors).toEqual([]);
      expect(data.deliveries.nodes).toHaveLength(first);
      expect(data.deliveries.nodes[0].effects[0].entity.__typename).toMatch(/Payment|Refund/);
      return graph.takeStatements().length;
    };
    expect(await statements(100)).toBe(await statements(5));
  });

  test("combine _entities of both keys into one SQL statement", async () => {
    const { data } = await graph.query("{ payments(first: 50) { nodes { id } } }");
    const byId = data.payments.nodes.map(({ id }: { id: string }) => ({ __typename: "Payment", id }));
    const byExternalId = Array.from({ length: 50 }, (_, n) => ({
      __typename: "Payment",
      source: { id: "stripe-main" },
      externalId: `pi_${n}`,
    }));
    graph.takeStatements();
    const answer = await graph.query(
      "query ($keys: [_Any!]!) { _entities(representations: $keys) { ... on Payment { id externalId } } }",
      { variables: { keys: [...byId, ...byExternalId] } },
    );
    expect(answer.errors).toEqual([]);
    expect(answer.data._entities).toHaveLength(100);
    expect(answer.data._entities[50].externalId).toBe("pi_0");
    expect(graph.takeStatements()).toHaveLength(1);
  });

  test("combine _entities of the type Node into one SQL statement for each type of object", async () => {
    const { data } = await graph.query(
      `{ payments(first: 40) { nodes { id } } refunds(first: 30) { nodes { id } } deliveries(first: 30) { nodes { id } } }`,
    );
    const ids: readonly string[] = [data.payments, data.refunds, data.deliveries].flatMap(({ nodes }) =>
      nodes.map(({ id }: { id: string }) => id),
    );
    graph.takeStatements();
    const answer = await graph.query(
      "query ($keys: [_Any!]!) { _entities(representations: $keys) { __typename ... on Node { id } } }",
      { variables: { keys: ids.map((id) => ({ __typename: "Node", id })) } },
    );
    expect(answer.errors).toEqual([]);
    expect(answer.data._entities.map(({ id }: { id: string }) => id)).toEqual(ids);
    expect(new Set(answer.data._entities.map(({ __typename }: { __typename: string }) => __typename))).toEqual(
      new Set(["Payment", "Refund", "Delivery"]),
    );
    expect(ids).toHaveLength(100);
    expect(graph.takeStatements()).toHaveLength(3);
  });
});
