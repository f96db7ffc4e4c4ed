import { describe, expect, test } from "@jest/globals";
import {
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isIntrospectionType,
  isScalarType,
  isUnionType,
} from "graphql";
import { resolvers } from "../../resolvers/index.ts";
import { loadSchema } from "../../src/server/load-schema.ts";

const schema = loadSchema();
/** What the federation library adds is its own to describe. */
const FEDERATION = /^(_|federation__|link__)/;
const types = Object.values(schema.getTypeMap()).filter(
  (type) =>
    !isIntrospectionType(type) && !FEDERATION.test(type.name) && !/^(ID|String|Int|Float|Boolean)$/.test(type.name),
);

/** Every element of a type as `Type.field(argument)`, with its description. */
function elementsOf(type: GraphQLNamedType): [name: string, description: string | null | undefined][] {
  const own: [string, string | null | undefined][] = [[type.name, type.description]];
  if (isScalarType(type) || isUnionType(type)) return own;
  if (isEnumType(type))
    return [
      ...own,
      ...type
        .getValues()
        .map((value) => [`${type.name}.${value.name}`, value.description] as [string, typeof value.description]),
    ];
  for (const field of Object.values(type.getFields())) {
    if (FEDERATION.test(field.name)) continue;
    own.push([`${type.name}.${field.name}`, field.description]);
    if (isInputObjectType(type) || !("args" in field)) continue;
    for (const argument of field.args) own.push([`${type.name}.${field.name}(${argument.name})`, argument.description]);
  }
  return own;
}

describe("the SDL", () => {
  test("describes every type, field, argument and enum value", () => {
    const elements = types.flatMap(elementsOf);
    expect(elements.length).toBeGreaterThan(400);
    expect(elements.filter(([, description]) => (description ?? "").length < 3).map(([name]) => name)).toEqual([]);
  });

  test("has a federation key on every entity, by the source's id too but for Source", () => {
    const sdl = types.map(
      (type) => [type.name, type.astNode?.directives?.map((directive) => directive.arguments?.[0]?.value)] as const,
    );
    const keys = new Map(
      sdl.map(([name, values]) => [name, values?.map((value) => (value?.kind === "StringValue" ? value.value : ""))]),
    );
    for (const name of [
      "Party",
      "Account",
      "Payment",
      "Refund",
      "Dispute",
      "Payout",
      "LedgerEntry",
      "BankTransaction",
      "Statement",
    ]) {
      expect([name, keys.get(name)]).toEqual([name, ["id", "source { id } externalId"]]);
    }
    expect(keys.get("Source")).toEqual(["id"]);
  });

  test("has a resolver for no type or field that it does not know", () => {
    const known = new Map(types.map((type) => [type.name, "getFields" in type ? Object.keys(type.getFields()) : []]));
    for (const [name, fields] of Object.entries(resolvers)) {
      expect([...known.keys()]).toContain(name);
      if (isScalarType(fields)) continue;
      const unknown = Object.keys(fields).filter(
        (field) => !field.startsWith("__") && !known.get(name)?.includes(field),
      );
      expect([name, unknown]).toEqual([name, []]);
    }
  });
});
