import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  buildSchema,
  execute,
  type ExecutionResult,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isObjectType,
  parse,
  responsePathAsArray,
  validate,
} from "graphql";
import { createExecutor } from "./create-executor.ts";

const SDL = `
  type Query { part(size: Int = 1): Thing must: Thing! list: [Thing!] holes: [Thing] node: Node nodes: [Node!]! }
  type Mutation { first: Thing second: Thing! third: Thing }
  interface Node { id: ID! }
  type Thing implements Node { id: ID! name(text: String, size: Int! = 2): String count: Int! words: [String!] grid: [[Int]!] part: Thing must: Thing! list: [Thing!]! holes: [Thing] node: Node }
  type Other implements Node { id: ID! part: Thing }
`;

/** What a field does, chosen by its path, so that it does the same in both executions. */
function outcomeOf(seed: number, place: string): "value" | "null" | "error" {
  let hash = seed;
  for (const character of place) hash = (Math.imul(hash, 31) + (character.codePointAt(0) ?? 0)) >>> 0;
  return (["value", "value", "value", "value", "value", "null", "error"] as const)[hash % 7] ?? "value";
}

/**
 * A schema whose every field does what the seed says. If it is asynchronous, every field is: where some are and some
 * fail at once, graphql-js leaves rejected promises behind that nobody handles.
 */
function schemaOf(seed: number, isAsync: boolean): GraphQLSchema {
  const schema = buildSchema(SDL);
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith("__")) continue;
    for (const field of Object.values(type.getFields())) {
      const resolve = (args: unknown, info: GraphQLResolveInfo): unknown => {
        const place = responsePathAsArray(info.path).join(".");
        const outcome = outcomeOf(seed, place);
        if (outcome === "error") throw new Error(`failed at ${place}`);
        return outcome === "null" ? null : valueOf(info, place, JSON.stringify(args));
      };
      field.resolve = isAsync
        ? (_source, args, _context, info) => Promise.resolve().then(() => resolve(args, info))
        : (_source, args, _context, info) => resolve(args, info);
    }
  }
  return schema;
}

function valueOf(info: GraphQLResolveInfo, place: string, args: string): unknown {
  const object = { __typename: place.length % 3 === 0 ? "Other" : "Thing" };
  switch (info.fieldName) {
    case "id":
    case "name":
      return `${info.parentType.name} ${args}`;
    case "count":
      return place.length % 5 === 0 ? "no number" : place.length;
    case "words":
      return ["one", "two"];
    case "grid":
      return [[1, null, 2], place.length % 2 === 0 ? null : [3]];
    case "list":
    case "nodes":
      return place.length % 7 === 0 ? "no list" : [object, { __typename: "Thing" }];
    case "holes":
      return [object, null, new Error(`an item of ${place}`), object];
    default:
      return object;
  }
}

const LEAVES = [
  "id",
  'name(text: "a")',
  "name(text: $text)",
  "count",
  "words",
  "grid",
  "__typename",
  "alias: id",
  "__proto__: id",
];
const LEVELS = ["part", "must", "list", "holes"];

/** Selections of an object of type Thing, of some depth. */
const { selections: selectionSets } = fc.letrec<{ selections: string }>((tie) => ({
  selections: fc
    .array(
      fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        fc.constantFrom(...LEAVES, "id @skip(if: $yes)", "count @include(if: $no)", "...Some"),
        fc.tuple(fc.constantFrom(...LEVELS), tie("selections")).map(([name, inner]) => `${name} ${inner}`),
        tie("selections").map((inner) => `node { id ... on Thing ${inner} ... on Other { part ${inner} } }`),
        tie("selections").map((inner) => `... @include(if: $yes) ${inner}`),
      ),
      { minLength: 1, maxLength: 4 },
    )
    .map((some) => `{ ${some.join(" ")} }`),
}));
const roots = fc
  .array(fc.tuple(fc.constantFrom("part(size: $size)", "must", "list", "holes"), selectionSets), {
    minLength: 1,
    maxLength: 3,
  })
  .map((fields) => fields.map(([name, inner], index) => `field${index}: ${name} ${inner}`).join(" "));

const VARIABLES = { yes: true, no: false, text: "given", size: 3 };
const HEAD = "query ($yes: Boolean!, $no: Boolean!, $text: String, $size: Int)";
const FRAGMENT = "fragment Some on Thing { id ...More } fragment More on Thing { words name }";

async function both(schema: GraphQLSchema, text: string): Promise<readonly [ExecutionResult, ExecutionResult]> {
  const document = parse(text);
  const args = { schema, document, variableValues: VARIABLES };
  const run = createExecutor(schema);
  return [await run(args), await execute(args)];
}

const plain = (result: ExecutionResult): unknown => JSON.parse(JSON.stringify(result));

describe("the executor of planned operations", () => {
  test("returns the data and the errors of graphql-js when nothing is waited for", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 1e6 }), roots, async (seed, fields) => {
        const [ours, theirs] = await both(
          schemaOf(seed, false),
          `${HEAD} { ${fields} ...Root } ${FRAGMENT} fragment Root on Query { part { id } part { ...Some } }`,
        );
        expect(plain(ours)).toEqual(plain(theirs));
        expect(JSON.stringify(ours.data)).toBe(JSON.stringify(theirs.data)); // the order of the keys
      }),
      { numRuns: 40 },
    );
  });

  test("returns the data of graphql-js when values arrive later, and errors of fields that failed", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 1e6 }), roots, async (seed, fields) => {
        const [ours, theirs] = await both(schemaOf(seed, true), `${HEAD} { ${fields} part { ...Some } } ${FRAGMENT}`);
        expect(JSON.stringify(ours.data)).toBe(JSON.stringify(theirs.data));
        expect((ours.errors ?? []).length > 0).toBe((theirs.errors ?? []).length > 0);
        for (const { path = [] } of ours.errors ?? []) expect(isNullAt(ours.data, path)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  test("runs the fields of a mutation one after another, and none after one whose error has no place", async () => {
    const schema = buildSchema(SDL);
    const calls: string[] = [];
    for (const [name, field] of Object.entries(schema.getMutationType()?.getFields() ?? {})) {
      field.resolve = async () => {
        calls.push(`${name} begins`);
        await Promise.resolve();
        calls.push(`${name} ends`);
        if (name === "second") throw new Error("no");
        return { id: name };
      };
    }
    const [ours, theirs] = await both(schema, "mutation { first { id } second { id } third { id } }");
    expect(plain(ours)).toEqual(plain(theirs));
    const expected = ["first begins", "first ends", "second begins", "second ends"];
    expect(calls).toEqual([...expected, ...expected]);
  });

  test("answers when an error has made the result null, whatever still runs", async () => {
    const schema = buildSchema(SDL);
    const never = new Promise<never>(() => undefined);
    const rootValue = { part: () => never, must: () => Promise.reject(new Error("no")) };
    const result = await createExecutor(schema)({ schema, document: parse("{ part { id } must { id } }"), rootValue });
    expect(plain(result)).toMatchObject({ data: null, errors: [{ message: "no", path: ["must"] }] });
  });

  test("selects by the variables of each execution, whatever an earlier one selected", async () => {
    const schema = schemaOf(4, false);
    const document = parse(
      "query ($yes: Boolean!, $no: Boolean!) { a: __typename @skip(if: $yes) b: __typename @include(if: $no) c: __typename }",
    );
    const run = createExecutor(schema);
    for (const [yes, no] of [
      [true, true],
      [false, false],
      [true, false],
      [false, true],
      [true, true],
    ] as const) {
      const args = { schema, document, variableValues: { yes, no } };
      expect(await run(args)).toEqual(await execute(args));
    }
  });

  test("calls methods of objects, and gives them the arguments, the context and the field", async () => {
    const schema = buildSchema(SDL);
    const name = (args: unknown, context: unknown, info: GraphQLResolveInfo) =>
      JSON.stringify([
        args,
        context,
        info.fieldName,
        info.returnType,
        info.variableValues,
        Object.keys(info.fragments),
      ]);
    const document = parse("{ part { name words ...F } } fragment F on Thing { id }");
    const args = {
      schema,
      document,
      contextValue: "the context",
      rootValue: { part: () => ({ id: 1, name, words: () => Promise.resolve(["a"]) }) },
    };
    expect(await createExecutor(schema)(args)).toEqual(await execute(args));
  });

  test("reports wrong variables and unknown operations as graphql-js does", async () => {
    const schema = schemaOf(4, false);
    const run = createExecutor(schema);
    const document = parse("query A($size: Int!) { part(size: $size) { id } } query B { part { id } }");
    for (const args of [
      { operationName: "A", variableValues: { size: "x" } },
      { operationName: "C" },
      {},
      { operationName: "A" },
    ])
      expect(plain(await run({ schema, document, ...args }))).toEqual(
        plain(await execute({ schema, document, ...args })),
      );
  });

  test("executes introspection as graphql-js does", async () => {
    const schema = schemaOf(4, false);
    const text = `{ __schema { types { name fields(includeDeprecated: true) { name type { kind ofType { name } } args { name defaultValue } } } } __type(name: "Thing") { interfaces { name } } }`;
    const [ours, theirs] = await both(schema, text);
    expect(validate(schema, parse(text))).toEqual([]);
    expect(plain(ours)).toEqual(plain(theirs));
  });
});

/** True if the value at the path, or one around it, is null. */
function isNullAt(data: unknown, path: readonly (string | number)[]): boolean {
  let value = data;
  for (const key of path) {
    if (value === null) return true;
    value = (value as Record<string | number, unknown>)[key];
  }
  return value === null;
}
