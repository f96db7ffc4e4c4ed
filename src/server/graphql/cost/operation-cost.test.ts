import { describe, expect, test } from "@jest/globals";
import {
  buildSchema,
  executeSync,
  getIntrospectionQuery,
  getOperationAST,
  getVariableValues,
  parse,
  validate,
} from "graphql";
import { loadSchema } from "../../load-schema.ts";
import { createCostModel, operationCost } from "./operation-cost.ts";

const schema = loadSchema();
const ours = createCostModel(schema);

function costOf(query: string, variables: Readonly<Record<string, unknown>> = {}, model = ours) {
  const document = parse(query);
  expect(validate(model.schema, document)).toEqual([]);
  const operation = getOperationAST(document);
  if (!operation) throw new Error("one operation");
  const { coerced } = getVariableValues(model.schema, operation.variableDefinitions ?? [], variables);
  if (!coerced) throw new Error("valid variables");
  return operationCost(model, { document, operation, variables: coerced });
}

const PAGE = "query ($first: Int) { payments(first: $first) { nodes { id } } }";
const ENTITIES =
  "query ($r: [_Any!]!) { _entities(representations: $r) { ... on Payment { id status } ... on Refund { id } } }";

describe("the cost of our schema", () => {
  test.each<[string, string, Record<string, unknown>, number]>([
    ["of a field is one", "{ __typename }", {}, 1],
    ["of a page is that of its default length", "{ payments { nodes { id } } }", {}, 1 + 20 * 2],
    [
      "of a page counts its items only",
      "{ payments(first: 3) { nodes { id status } pageInfo { hasNextPage } } }",
      {},
      1 + 3 * 3 + 2,
    ],
    ["of edges is that of the page", "{ payments(first: 3) { edges { cursor node { id } } } }", {}, 1 + 3 * 4],
    ["of a page depends on the variable", PAGE, { first: 7 }, 1 + 7 * 2],
    ["of a page whose length is null is that of the default", PAGE, { first: null }, 1 + 20 * 2],
    ["of a page that is too large is that of the largest", PAGE, { first: 5_000 }, 1 + 100 * 2],
    [
      "of a page depends on the default of the variable",
      "query ($n: Int = 4) { payments(first: $n) { nodes { id } } }",
      {},
      1 + 4 * 2,
    ],
    [
      "of nodes depends on the number of ids",
      "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }",
      { ids: ["a", "b", "c"] },
      3 * 2,
    ],
    ["of nodes depends on the literal ids", '{ nodes(ids: ["a", "b"]) { id } }', {}, 2 * 2],
    ["of a single id that becomes a list", "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", { ids: "a" }, 2],
    [
      "of a list without arguments is that of its assumed size",
      '{ payment(id: "a") { attempts { id } } }',
      {},
      1 + 3 * 2,
    ],
    ["of a page from the end is that of its length", "{ payments(last: 3) { nodes { id } } }", {}, 1 + 3 * 2],
    ["of a count is its weight", "{ payments(first: 1) { totalCount { count } } }", {}, 1 + 100 + 1],
    ["of sums is their weight", "{ paymentTotals { count } }", {}, 2_500 + 1],
    [
      "of activity is that of the most expensive kind of item",
      "{ activity(first: 5) { nodes { __typename ... on Payment { id status } ... on Refund { id } } } }",
      {},
      1 + 5 * (1 + 1 + 2),
    ],
    ["of a body is its weight", "{ deliveries(first: 3) { nodes { body } } }", {}, 1 + 3 * 1_001],
    [
      "of a mutation is its weight",
      'mutation { a: pauseSource(id: "a") { id } b: pauseSource(id: "b") { id } }',
      {},
      2 * 1_001,
    ],
    [
      "of pages in pages is their product",
      "{ payments(first: 5) { nodes { refunds(first: 6) { nodes { id } } } } }",
      {},
      1 + 5 * (1 + 1 + 6 * 2),
    ],
    [
      "of a fragment counts wherever it is spread",
      "{ a: payments(first: 2) { ...P } b: payments(first: 3) { ...P } } fragment P on PaymentConnection { nodes { id status } }",
      {},
      1 + 2 * 3 + 1 + 3 * 3,
    ],
    [
      "of an abstract type is that of the most expensive object type",
      '{ node(id: "a") { id ... on Payment { externalId method } ... on Refund { externalId } ... on Node { ... on Payout { externalId } } } }',
      {},
      1 + 1 + 1 + 2,
    ],
    ["of entities depends on the representations", ENTITIES, { r: [{ a: 1 }, { a: 2 }] }, 2 * (1 + 2)],
    ["of the SDL is its length", "{ _service { sdl } }", {}, 1 + 2_500],
  ])("%s", (_name, query, variables, cost) => {
    expect(costOf(query, variables).cost).toBe(cost);
  });

  test("counts the representations of all aliases", () => {
    const one = "_entities(representations: $r) { __typename }";
    expect(costOf(`query ($r: [_Any!]!) { a: ${one} b: ${one} }`, { r: [{}, {}, {}] }).entities).toBe(6);
    expect(costOf("{ __typename }").entities).toBe(0);
  });
});

describe("the cost of introspection", () => {
  test("of the whole schema is about the number of fields that it returns", () => {
    const { data } = executeSync({ schema, document: parse(getIntrospectionQuery()) });
    const { cost } = costOf(getIntrospectionQuery());
    expect(cost / fieldsIn(data)).toBeGreaterThan(0.8);
    expect(cost / fieldsIn(data)).toBeLessThan(1.25);
  });

  test("is not less than what it returns below one type", () => {
    const query =
      '{ __type(name: "Query") { fields { name args { name } type { fields { name } ofType { fields { name } } } } } }';
    const { data } = executeSync({ schema, document: parse(query) });
    expect(costOf(query).cost).toBeGreaterThanOrEqual(fieldsIn(data));
  });
});

function fieldsIn(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  const items: readonly unknown[] = Object.values(value);
  return (Array.isArray(value) ? 0 : items.length) + items.reduce<number>((sum, item) => sum + fieldsIn(item), 0);
}

describe("the directives of the cost specification", () => {
  const model = createCostModel(
    buildSchema(`
      directive @cost(weight: Int!) on ARGUMENT_DEFINITION | ENUM | FIELD_DEFINITION | OBJECT | SCALAR
      directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!], requireOneSlicingArgument: Boolean = true) on FIELD_DEFINITION
      interface Thing { id: ID heavy: String }
      type One implements Thing @cost(weight: 7) { id: ID heavy: String @cost(weight: 30) }
      type Two implements Thing { id: ID heavy: String @cost(weight: 50) }
      scalar Long @cost(weight: 9)
      type Query {
        one: One
        many(first: Int, last: Int): [Two] @listSize(slicingArguments: ["first", "last"], assumedSize: 5)
        thing: Thing
        long: Long
        own: Long @cost(weight: 2)
        unsized: [Two]
      }`),
  );
  test.each<[string, string, number]>([
    ["the weight of a type", "{ one { id } }", 7 + 1],
    ["the weight of a scalar", "{ long }", 9],
    ["the weight of a field before that of its type", "{ own }", 2],
    ["the largest weight of an interface's field", "{ thing { heavy } }", 1 + 50],
    ["the largest slicing argument", "{ many(first: 3, last: 4) { id } }", 4 * 2],
    ["the assumed size without slicing arguments", "{ many { id } }", 5 * 2],
    ["ten items without a directive", "{ unsized { id } }", 10 * 2],
  ])("count %s", (_name, query, cost) => {
    expect(costOf(query, {}, model).cost).toBe(cost);
  });
});
