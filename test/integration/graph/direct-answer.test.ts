import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { WAIT_LIMIT_MS } from "../../helpers/eventually.ts";
import { type GraphServer, useGraphServer } from "../../helpers/graph-server.ts";
import { addSource, ledgerWorld, putRecords } from "../../helpers/ledger-world.ts";

let graph: GraphServer;
beforeAll(async () => {
  graph = await useGraphServer();
  const place = { database: graph.database, tenantId: "acme", sourceId: "stripe-main" };
  await addSource(place);
  await putRecords(place, ledgerWorld(0, 3));
});
afterAll(async () => graph[Symbol.asyncDispose]());

/** Types that clients accept, each as it is answered directly, and with one more, which Apollo's pipeline negotiates. */
const ACCEPTED = [
  ["application/json", "application/json, text/x-none"],
  ["application/graphql-response+json", "application/graphql-response+json, text/x-none"],
  ["*/*", "*/*, text/x-none"],
] as const;

const OPERATIONS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "a query": { query: "{ payments { nodes { id status debtor { name } } } __typename }" },
  "a query with variables": {
    query: "query Q($first: Int) { payments(first: $first) { nodes { id } } }",
    variables: { first: 2 },
  },
  "one of several operations": { query: "query A { __typename } query B { b: __typename }", operationName: "B" },
  "no operation of the name": { query: "query A { __typename } query B { b: __typename }", operationName: "C" },
  "a field that fails beside one that does not": { query: "{ payments(first: 1000) { nodes { id } } __typename }" },
  "a field that fails without a place": { query: "{ payments(first: 0) { nodes { id } } }" },
  "an argument of a wrong variable": {
    query: "query Q($first: Int!) { payments(first: $first) { nodes { id } } }",
    variables: { first: "two" },
  },
  "a missing variable": { query: "query Q($id: ID!) { payment(id: $id) { id } }" },
  "a document that is not valid": { query: "{ nothing }" },
  "a mutation that is refused": { query: 'mutation { pauseSource(id: "no-such-source") { id } }' },
  "extensions that are null": { query: "{ __typename }", extensions: null },
  "entities, one of them unknown": {
    query: "query ($some: [_Any!]!) { _entities(representations: $some) { __typename ... on Payment { externalId } } }",
    variables: {
      some: [{ __typename: "Payment", source: { id: "stripe-main" }, externalId: "pi_1" }, { __typename: "No" }],
    },
  },
};

async function answerTo(body: object, accept: string) {
  const response = await fetch(`${graph.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", accept },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(WAIT_LIMIT_MS),
  });
  const text = (await response.text()).replaceAll(/"requestId":"[^"]+"/g, '"requestId":"any"');
  const headers = ["content-type", "cache-control", "retry-after"].map((name) => response.headers.get(name));
  return { status: response.status, headers, text };
}

describe("an answer without Apollo's pipeline is the one that the pipeline gives", () => {
  test.each(Object.entries(OPERATIONS))("for %s", async (_name, body) => {
    for (const [direct, negotiated] of ACCEPTED)
      expect(await answerTo(body, direct)).toEqual(await answerTo(body, negotiated));
  });

  test("and both count as operations", async () => {
    const counted = async (): Promise<number> => {
      const text = await (await fetch(graph.server.metricsUrl)).text();
      return Number(/^sluice_graphql_operations_total\{type="query",outcome="ok"\} (\d+)$/m.exec(text)?.[1] ?? 0);
    };
    const before = await counted();
    await answerTo({ query: "{ __typename }" }, "application/json");
    await answerTo({ query: "{ __typename }" }, "application/json, text/x-none");
    expect(await counted()).toBe(before + 2);
  });
});
