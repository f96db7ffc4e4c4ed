import { describe, expect, test } from "@jest/globals";
import { getOperationAST, parse, validate } from "graphql";
import { answerFields, MAX_ANSWER_FIELDS, requireModestAnswer } from "./answer-size.ts";
import { loadSchema } from "./load-schema.ts";

const schema = loadSchema();

function requestOf(query: string, variables: Readonly<Record<string, unknown>> = {}) {
  const document = parse(query);
  expect(validate(schema, document)).toEqual([]);
  const operation = getOperationAST(document);
  if (!operation) throw new Error("one operation");
  return { schema, document, operation, variables };
}

const PAGE = "query ($first: Int) { payments(first: $first) { nodes { id } } }";

describe("the fields of an answer", () => {
  test.each<[string, string, Record<string, unknown>, number]>([
    ["one", "{ __typename }", {}, 1],
    ["of a default page", "{ payments { nodes { id } } }", {}, 1 + 20 * 2],
    ["of a page in literals", "{ payments(first: 3) { nodes { id status } pageInfo { hasNextPage } } }", {}, 1 + 3 * 5],
    ["of a page in variables", PAGE, { first: 7 }, 1 + 7 * 2],
    ["of a page that is null", PAGE, { first: null }, 1 + 20 * 2],
    ["of a page that will be refused", PAGE, { first: 1e308 }, 1 + 100 * 2],
    ["of a variable that names itself", PAGE, { first: { kind: "Variable", name: { value: "first" } } }, 1 + 20 * 2],
    ["of a variable's default", "query ($n: Int = 4) { payments(first: $n) { nodes { id } } }", {}, 1 + 4 * 2],
    ["of a list of ids", "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", { ids: ["a", "b", "c"] }, 1 + 3],
    ["of a list without a length", `{ payment(id: "a") { attempts { id } } }`, {}, 1 + 1 + 10],
    ["of bodies", "{ deliveries(first: 3) { nodes { body } } }", {}, 1 + 3 * 2_001],
    ["of pages in pages", "{ payments(first: 5) { nodes { refunds(first: 6) { nodes { id } } } } }", {}, 1 + 5 * 14],
    [
      "of a fragment each time that it is spread",
      "{ a: payments(first: 2) { nodes { ...P } } b: payments(first: 3) { nodes { ... on Node { ...P } } } } fragment P on Payment { id status }",
      {},
      1 + 2 * 3 + 1 + 3 * 3,
    ],
  ])("%s", (_name, query, variables, fields) => {
    expect(answerFields(requestOf(query, variables))).toBe(fields);
  });

  test("that double with each of 100 fragments are told in no time (F88)", () => {
    const spread = (name: string) => `{ nodes { payment { ${name} } } }`;
    const fragments = Array.from({ length: 100 }, (_, index) => {
      const next = index === 99 ? "id" : `...F${index + 1}`;
      return `fragment F${index} on Payment { a: refunds(first: 1) ${spread(next)} b: refunds(first: 1) ${spread(next)} }`;
    });
    const request = requestOf(`{ payments(first: 1) { nodes { ...F0 } } } ${fragments.join(" ")}`);
    expect(answerFields(request)).toBeGreaterThan(2 ** 100);
    expect(() => requireModestAnswer(request)).toThrow(/more than 500000 fields/);
  });

  test("of a full page with full pages of all that belongs to it may be asked for, and introspection", () => {
    const entry = "id externalId kind gross { amount currency } fee { amount } net { amount } availableOn";
    const money = "id externalId status amount { amount currency } reason createdAt";
    const query = `{ payments(first: 100) { pageInfo { hasNextPage endCursor } edges { cursor node {
      id externalId status amount { amount currency } debtor { name email } freshness { observedAt isStale }
      attempts { id status error { code } } references { scheme value }
      refunds(first: 100) { nodes { ${money} } } disputes(first: 100) { nodes { ${money} } }
      ledgerEntries(first: 100) { nodes { ${entry} } } } } } }`;
    expect(answerFields(requestOf(query))).toBeLessThan(MAX_ANSWER_FIELDS);
    expect(answerFields(requestOf("{ __schema { types { name fields { name } } } }"))).toBe(1);
  });
});
