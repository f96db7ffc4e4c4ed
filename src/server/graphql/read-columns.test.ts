import { describe, expect, test } from "@jest/globals";
import { getNamedType, type GraphQLObjectType, type GraphQLResolveInfo, isObjectType, parse } from "graphql";
import { FIELDS_READ } from "../../../resolvers/fields-read.ts";
import { loadSchema } from "../load-schema.ts";
import { createReadColumns } from "./read-columns.ts";

const schema = loadSchema();
/** Read of every object, whatever is selected. */
const ALWAYS = ["id", "sourceId", "deletedAt", "orderedAt"];
const LISTED = Object.entries(FIELDS_READ).map(([name, fields]) => [name, fields] as const);

/** Loads nothing: each list is empty, each object is missing. */
const CONTEXT = {
  principal: { tenantId: "acme", subject: "test", scopes: ["read"] },
  loaders: new Proxy({}, { get: () => ({ load: () => Promise.resolve([]) }) }),
  cursors: { encodeListCursor: () => "cursor" },
};

/** A field of which nothing is selected. */
const INFO = { fieldNodes: [] } as unknown as GraphQLResolveInfo;

function objectType(name: string): GraphQLObjectType {
  const type = schema.getType(name);
  if (!isObjectType(type)) throw new Error(`${name} is no object type`);
  return type;
}

/** A row that records which of its fields are read; each has a value, or none has. */
function recordingRow(isNull: boolean) {
  const read = new Set<string>();
  const row = new Proxy<Record<string, unknown>>(
    {},
    {
      get(_target, name) {
        if (typeof name !== "string" || name === "then" || name === "freshness") return undefined;
        read.add(name);
        if (isNull) return null;
        if (name.endsWith("Minor")) return 1n;
        if (name === "exponent") return 2;
        return ["extensions", "identifiers", "referenceList"].includes(name) ? [] : name;
      },
    },
  );
  return { row, read };
}

/** The fields of a row that a field of the graph reads, and if it passes the row on, those that its own fields read. */
async function fieldsRead(type: GraphQLObjectType, name: string, isNull: boolean): Promise<ReadonlySet<string>> {
  const field = type.getFields()[name];
  const { row, read } = recordingRow(isNull);
  const args = Object.fromEntries((field?.args ?? []).map((argument) => [argument.name, argument.defaultValue]));
  const value: unknown = await field?.resolve?.(row, args, CONTEXT, INFO);
  const inner = field && getNamedType(field.type);
  if (value !== row || !isObjectType(inner)) return read;
  for (const each of Object.values(inner.getFields())) {
    if (each.resolve === undefined) read.add(each.name);
    else await each.resolve(row, {}, CONTEXT, INFO);
  }
  return read;
}

describe("the columns that an operation reads", () => {
  test.each(LISTED)("of %s are those that the resolvers read", async (name, listed) => {
    const type = objectType(name);
    for (const [field, { resolve }] of Object.entries(type.getFields())) {
      if (resolve === undefined || listed[field] === undefined) continue;
      for (const isNull of [false, true]) {
        const missing = [...(await fieldsRead(type, field, isNull))].filter(
          (one) => !ALWAYS.includes(one) && !listed[field]?.some((each) => each === one),
        );
        expect({ field, missing }).toEqual({ field, missing: [] });
      }
    }
    expect(Object.keys(listed).filter((field) => type.getFields()[field]?.resolve === undefined)).toEqual([]);
  });

  const columns = createReadColumns(schema);

  test("are those of the selected fields, of fragments and interfaces too", () => {
    const text = `{ payments { nodes { amount { minor } ...Some } } node(id: "x") { ... on Refund { reason } id } }
      fragment Some on Payment { status debtor { name } }`;
    const read = columns(parse(text));
    expect([...(read.Payment ?? [])].toSorted()).toEqual([
      "amountMinor",
      "currency",
      "debtorId",
      "exponent",
      "id",
      "status",
    ]);
    expect([...(read.Refund ?? [])].toSorted()).toEqual(["id", "reason"]);
    expect([...(read.Party ?? [])].toSorted()).toEqual(["id", "name"]);
  });

  test("include those of other objects that a field looks into", () => {
    const { PaymentAttempt } = columns(parse("{ payments { nodes { method payerDetails { name } } } }"));
    expect([...(PaymentAttempt ?? [])].toSorted()).toEqual(["method", "payerDetails", "status"]);
  });

  test("are all of a kind without a list", () => {
    expect(columns(parse("{ statements { nodes { id } } }")).Statement).toBeUndefined();
  });
});
