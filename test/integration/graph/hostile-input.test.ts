import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type GraphServer, post, useGraphServer } from "../../helpers/graph-server.ts";
import { addSource, ledgerWorld, putRecords } from "../../helpers/ledger-world.ts";

let graph: GraphServer;
beforeAll(async () => {
  graph = await useGraphServer();
  const place = { database: graph.database, tenantId: "acme", sourceId: "stripe-main" };
  await addSource(place);
  await putRecords(place, ledgerWorld(0, 3));
});
afterAll(async () => graph[Symbol.asyncDispose]());

/** Every argument of a list, as variables of the caller's choosing. */
const LIST = `query ($first: Int, $after: String, $filter: PaymentFilter) {
  payments(first: $first, after: $after, filter: $filter) { nodes { id } } }`;
const NODES = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }";
const START = "mutation ($input: StartSyncInput!) { startSync(input: $input) { cursor } }";

function expectTyped(answer: Awaited<ReturnType<GraphServer["query"]>>): void {
  expect(answer.status).toBeLessThan(500);
  for (const { message, extensions } of answer.errors) {
    expect(extensions.code).not.toBe("INTERNAL");
    expect(message).not.toMatch(/internal error|at .*\.ts|node_modules/);
    expect(extensions).toMatchObject({ retryable: expect.any(Boolean), requestId: expect.stringMatching(/.+/) });
  }
}

describe("variables", () => {
  test.each([
    [{ filter: { debtor: 12 } }, "INVALID_INPUT", /^filter\.debtor must be the global id of an object of type Party$/],
    [{ filter: { debtor: "a\u0000b" } }, "INVALID_INPUT", /^filter\.debtor must be the global id/],
    [{ filter: { sourceIds: ["\u0000"] } }, "INVALID_INPUT", /^filter\.sourceIds\[0\] must be the id of a source/],
    [{ first: 0 }, "INVALID_INPUT", /^first must be between 1 and 100, got 0$/],
    [{ first: 101 }, "INVALID_INPUT", /^first /],
    [{ first: -1 }, "INVALID_INPUT", /^first /],
    [{ first: 2 ** 31 }, "BAD_USER_INPUT", /32-bit/],
    [{ first: 1e308 }, "BAD_USER_INPUT", /first/],
    [{ first: 1.5 }, "BAD_USER_INPUT", /first/],
    [{ first: "5" }, "BAD_USER_INPUT", /first/],
    [{ first: [5, 6] }, "BAD_USER_INPUT", /first/],
    [{ after: 7 }, "BAD_USER_INPUT", /after/],
    [{ filter: { status: ["NOPE"] } }, "BAD_USER_INPUT", /NOPE/],
    [{ filter: { unknown: 1 } }, "BAD_USER_INPUT", /unknown/],
    [{ filter: [] }, "BAD_USER_INPUT", /filter/],
    [{ filter: { createdFrom: "2026-02-30T00:00:00Z" } }, "BAD_USER_INPUT", /DateTime must be text in RFC 3339/],
    [{ filter: { createdFrom: 1_700_000_000 } }, "BAD_USER_INPUT", /DateTime/],
    [{ filter: { createdFrom: "yesterday" } }, "BAD_USER_INPUT", /DateTime/],
    [{ filter: { createdFrom: "0000-01-01T00:00:00Z" } }, "BAD_USER_INPUT", /DateTime/],
    [{ filter: { createdTo: "9999-12-31T23:59:59-14:00" } }, "BAD_USER_INPUT", /DateTime/],
    [
      { filter: { sourceIds: Array.from({ length: 101 }, () => "a") } },
      "INVALID_INPUT",
      /^filter.sourceIds must have at most 100/,
    ],
  ])("%j is refused with %s (F93)", async (variables, code, message) => {
    const answer = await graph.query(LIST, { variables });
    expect(answer.data?.payments ?? null).toBeNull();
    expect(answer.errors).toMatchObject([{ message: expect.stringMatching(message), extensions: { code } }]);
    expectTyped(answer);
  });

  test.each([
    { first: null },
    { first: 5, after: null, filter: null },
    { filter: { status: null, debtor: null, sourceIds: null, includeDeleted: null, createdTo: null } },
    { filter: { externalId: "\u0000" } },
    { filter: { externalId: "\ud800" } },
    { filter: { createdFrom: "2026-01-01t00:00:00.123456789+14:00" } },
    { filter: { createdFrom: "0001-01-01T00:00:00Z", createdTo: "9999-12-31T23:59:59Z" } },
  ])("%j is allowed (F93)", async (variables) => {
    const answer = await graph.query(LIST, { variables });
    expect(answer.errors).toEqual([]);
    expect(Array.isArray(answer.data.payments.nodes)).toBe(true);
  });

  test("NaN, Infinity and numbers beyond a float are not JSON or not an Int: a typed error, and no 500 (F93)", async () => {
    for (const first of ["NaN", "Infinity", "1e999", "123456789012345678901234567890"]) {
      const answer = await post(graph.url, `{"query": ${JSON.stringify(LIST)}, "variables": {"first": ${first}}}`);
      expect(answer.status).toBe(400);
      expect(answer.errors[0]?.extensions.code).toMatch(/^BAD_(REQUEST|USER_INPUT)$/);
      expectTyped(answer);
    }
  });

  test("deeply nested input is refused without exhausting the stack, as variable, literal and extension (F93)", async () => {
    const depth = 50_000;
    const deep = `${"[".repeat(depth)}1${"]".repeat(depth)}`;
    const object = `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;
    for (const variables of [`{"first": ${deep}}`, `{"filter": ${object}}`]) {
      const answer = await post(graph.url, `{"query": ${JSON.stringify(LIST)}, "variables": ${variables}}`);
      expect(answer.status).toBe(400);
      expect(answer.errors[0]?.extensions.code).toBe("BAD_USER_INPUT");
    }
    const wide = depth / 10;
    const attempts = `${"payment { attempts { ".repeat(wide)} id ${"} }".repeat(wide)}`;
    for (const query of [
      `{ payments(first: ${deep}) { nodes { id } } }`,
      `{ payments { nodes { attempts { ${attempts} } } } }`,
    ]) {
      const answer = await post(graph.url, { query });
      expect(answer).toMatchObject({ status: 400, errors: [{ extensions: { code: "INVALID_INPUT" } }] });
    }
    const many = await post(graph.url, { query: `{ ${"__typename ".repeat(depth)} }` });
    expect(many).toMatchObject({ status: 400, errors: [{ extensions: { code: "INVALID_INPUT" } }] });
    const extension = await post(graph.url, `{"query": "{ __typename }", "extensions": {"a": ${deep}}}`);
    expectTyped(extension);
  });

  test("any JSON for any argument gets a typed response (F93)", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(LIST, NODES, START),
        fc.dictionary(fc.constantFrom("first", "after", "filter", "ids", "input"), fc.jsonValue({ maxDepth: 3 }), {
          maxKeys: 4,
        }),
        async (query, variables) => expectTyped(await post(graph.url, { query, variables })),
      ),
      { numRuns: 300 },
    );
  });

  test("any text as any id finds nothing, without an error (F93)", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: "binary", maxLength: 40 }), { minLength: 1, maxLength: 20 }),
        async (ids) => {
          const answer = await graph.query(NODES, { variables: { ids } });
          expect(answer.errors).toEqual([]);
          expect(answer.data.nodes).toEqual(ids.map((id) => (id === "stripe-main" ? { id } : null)));
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe("an operation that costs too much", () => {
  test("is refused before anything is read, and admitted with smaller pages (F88)", async () => {
    graph.takeStatements();
    const lists = (depth: number): string =>
      depth === 0 ? "id" : `id account { ledgerEntries(first: $first) { nodes { ${lists(depth - 1)} } } }`;
    const query = `query ($first: Int = 100) { ledgerEntries(first: 100) { nodes { ${lists(2)} } } }`;
    const answer = await graph.query(query);
    expect(answer).toMatchObject({ status: 400, errors: [{ extensions: { code: "INVALID_INPUT" } }] });
    expect(answer.errors[0]?.message).toMatch(/^the operation costs too much: request smaller pages/);
    expect(graph.takeStatements()).toEqual([]);
    expect((await graph.query(query, { variables: { first: 5 } })).errors).toEqual([]);
  });
});

describe("_entities", () => {
  test("any representation gets a typed response (F93)", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.dictionary(fc.constantFrom("id", "source", "externalId", "__proto__"), fc.jsonValue({ maxDepth: 2 })),
          { maxLength: 5 },
        ),
        fc.constantFrom("Payment", "Source", "Party", "Money", "PaymentAttempt", "_Entity", "__proto__", "", 7),
        async (keys, __typename) => {
          const representations = keys.map((key) => ({ ...key, __typename }));
          const query =
            "query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename } }";
          const body = `{"query": ${JSON.stringify(query)}, "variables": ${JSON.stringify({ representations })}}`;
          expectTyped(await post(graph.url, body));
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe("one HTTP request", () => {
  test.each([
    ["one operation", [{ query: "{ __typename }" }]],
    ["two operations", [{ query: "{ __typename }" }, { query: "{ __typename }" }]],
    ["no operation", []],
  ])("is one operation: an array with %s is refused, and none is executed", async (_case, operations) => {
    const response = await fetch(`${graph.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(operations),
    });
    expect(response.status).toBe(400);
    const text = await response.text();
    expect([text.includes('"errors"'), text.includes("__typename")]).toEqual([true, false]);
  });

  test.each([
    ["POST of the type text/plain", "", { method: "POST", headers: { "content-type": "text/plain" } }],
    ["GET", "?query=%7B%20payments%20%7B%20nodes%20%7B%20id%20%7D%20%7D%20%7D", { method: "GET" }],
  ])("that a page of another site could make is refused: %s", async (_case, search, { method, ...rest }) => {
    const body = JSON.stringify({ query: "{ payments { nodes { id } } }" });
    const response = await fetch(`${graph.url}/graphql${search}`, { method, ...rest, ...(search === "" && { body }) });
    expect([400, 415]).toContain(response.status);
    expect(await response.text()).not.toContain('"nodes"');
  });
});
