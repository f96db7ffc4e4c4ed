import { describe, expect, test } from "@jest/globals";
import {
  getNamedType,
  getNullableType,
  type GraphQLNamedType,
  type GraphQLType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isListType,
  isObjectType,
  isScalarType,
  isUnionType,
} from "graphql";
import { ENTITY_TYPES } from "../../src/domain/ids.ts";
import { resolvers } from "../../resolvers/index.ts";
import { readFieldCosts } from "../../src/server/graphql/cost/field-costs.ts";
import { loadSchema } from "../../src/server/load-schema.ts";

const schema = loadSchema();
/** The additions of the federation library are its own to describe. */
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

/** The directives `@key` of a type. */
const keysOf = (type: GraphQLNamedType) => (type.astNode?.directives ?? []).filter(({ name }) => name.value === "key");

/** Names that a type's resolvers may have. */
function membersOf(type: GraphQLNamedType): readonly string[] {
  if (isEnumType(type)) return type.getValues().map(({ name }) => name);
  return "getFields" in type ? Object.keys(type.getFields()) : [];
}

describe("the SDL", () => {
  test("describes every type, field, argument and enum value", () => {
    const elements = types.flatMap(elementsOf);
    expect(elements.length).toBeGreaterThan(400);
    expect(elements.filter(([, description]) => (description ?? "").length < 3).map(([name]) => name)).toEqual([]);
  });

  test("names every enum value in upper snake case, whatever its internal value", () => {
    const values = types.filter(isEnumType).flatMap((type) => type.getValues());
    expect(values.length).toBeGreaterThan(100);
    for (const { name, value } of values) {
      const inside = String(value);
      const isPascalCase = /[a-z]/.test(inside);
      expect([inside, name]).toEqual([
        inside,
        isPascalCase ? inside.replaceAll(/(?<=.)[A-Z]/g, (letter) => `_${letter}`).toUpperCase() : inside,
      ]);
      expect(name).toMatch(/^[A-Z]+(_[A-Z0-9]+)*$/);
    }
  });

  test("has an enum value for every kind of object and event", () => {
    const inside = (name: string) => {
      const type = schema.getType(name);
      return isEnumType(type) ? type.getValues().map(({ value }) => String(value)) : [];
    };
    expect(inside("EntityType").toSorted()).toEqual(ENTITY_TYPES.toSorted());
    const events = types.filter(
      (type) => isObjectType(type) && type.getInterfaces().some(({ name }) => name === "SyncEvent"),
    );
    expect([...inside("SyncEventKind"), "StreamPosition", "StreamReset"].toSorted()).toEqual(
      events.map(({ name }) => name).toSorted(),
    );
  });

  test("has a federation key on every entity, and one by the source's id on every entity except Source", () => {
    const sdl = types.map(
      (type) => [type.name, keysOf(type).map((directive) => directive.arguments?.[0]?.value)] as const,
    );
    const keys = new Map(
      sdl.map(([name, values]) => [name, values.map((value) => (value?.kind === "StringValue" ? value.value : ""))]),
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

  test("has a federation key by id on every type that implements Node, and on Node itself", () => {
    const node = schema.getType("Node");
    const keyed = types.filter((type) => keysOf(type).length > 0);
    const nodes = types.filter((type) => isObjectType(type) && type.getInterfaces().some((one) => one === node));
    expect(nodes.length).toBeGreaterThan(10);
    expect(keyed.map(({ name }) => name).toSorted()).toEqual(["Node", ...nodes.map(({ name }) => name)].toSorted());
    for (const type of keyed) {
      expect([type.name, keysOf(type)[0]?.arguments?.[0]?.value]).toMatchObject([type.name, { value: "id" }]);
      expect([type.name, Object.keys(resolvers[type.name as keyof typeof resolvers] ?? {})]).toEqual([
        type.name,
        expect.arrayContaining(["__resolveReference"]),
      ]);
    }
  });

  test("uses no enum both as input and as output, so that another subgraph may add values to an output's", () => {
    const outputs = types.flatMap((type) =>
      isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [],
    );
    const inputs = [
      ...types.flatMap((type) => (isInputObjectType(type) ? Object.values(type.getFields()) : [])),
      ...outputs.flatMap(({ args }) => args),
    ];
    const enumsOf = (elements: readonly { readonly type: GraphQLType }[]) =>
      new Set(elements.map(({ type }) => getNamedType(type)).filter(isEnumType));
    const [asOutput, asInput] = [enumsOf(outputs), enumsOf(inputs)];
    expect([asOutput.size, asInput.size].every((size) => size > 15)).toBe(true);
    expect([...asInput].filter((one) => asOutput.has(one)).map(({ name }) => name)).toEqual([]);
    for (const input of asInput) {
      const output = schema.getType(input.name.replace(/Input$/, ""));
      if (output === input || !isEnumType(output)) continue;
      const [of, own] = [output, input].map((one) =>
        one.getValues().map(({ name, value }) => [name, value as unknown]),
      );
      expect([input.name, own]).toEqual([input.name, of]);
    }
  });

  test("has one convention for ranges of times and days: the beginning is in the range, the end is not", () => {
    const fields = types.filter(isInputObjectType).flatMap((type) => Object.values(type.getFields()));
    const described = (pattern: RegExp) =>
      fields
        .filter(({ name }) => pattern.test(name))
        .map(({ name, description }) => [name, description ?? ""] as const);
    const [starts, ends] = [described(/^from$|From$/), described(/^to$|To$/)];
    expect(starts.length).toBe(ends.length);
    expect(ends.length).toBeGreaterThan(10);
    const isWrong =
      (pattern: RegExp) =>
      ([, text]: readonly [string, string]): boolean =>
        !pattern.test(text);
    expect(starts.filter(isWrong(/or later|a later one|from this time on|inclusive/))).toEqual([]);
    expect(ends.filter(isWrong(/before this|before a time|of a time before|a day before|exclusive/))).toEqual([]);
  });

  test("states the length of every list, and the weight of every mutation and stored body", () => {
    const costs = readFieldCosts(schema);
    const fields = types.filter(isObjectType).flatMap((type) =>
      Object.values(type.getFields())
        .filter(({ name }) => !FEDERATION.test(name))
        .map((field) => ({ type: type.name, field, cost: costs.get(field) })),
    );
    const sized = new Set(
      fields.flatMap(({ field, cost }) =>
        (cost?.list?.sizedFields ?? []).map((name) => `${getNamedType(field.type).name}.${name}`),
      ),
    );
    const unsized = fields
      .filter(({ field, cost }) => isListType(getNullableType(field.type)) && cost?.list === undefined)
      .map(({ type, field }) => `${type}.${field.name}`);
    expect(unsized.toSorted()).toEqual([...sized].toSorted());
    expect(sized.size).toBeGreaterThan(30);
    const heavy = fields.filter(({ type, field }) => type === "Mutation" || field.name === "body");
    expect(heavy.filter(({ cost }) => (cost?.weight ?? 0) < 1_000).map(({ field }) => field.name)).toEqual([]);
  });

  test("has a resolver for no type or field that it does not define", () => {
    const known = new Map(types.map((type) => [type.name, membersOf(type)]));
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
