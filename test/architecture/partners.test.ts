import { expect, test } from "@jest/globals";
import {
  type ConstDirectiveNode,
  isTypeDefinitionNode,
  Kind,
  type TypeDefinitionNode,
  parse,
  print,
  validate,
} from "graphql";
import { parse as parseYaml } from "yaml";
import { loadSchema } from "../../src/server/load-schema.ts";
import { CONTRACTS, subgraphSdl } from "../../tools/subgraph-sdl.ts";
import { codeBlock, tableUnder } from "../helpers/documents.ts";

/** Names of the types that the SDL defines, sorted. */
function definedTypes(sdl: string): string[] {
  const names = parse(sdl).definitions.flatMap((one) =>
    "name" in one && one.name !== undefined && one.kind !== Kind.DIRECTIVE_DEFINITION ? [one.name.value] : [],
  );
  return names.filter((name) => !["Query", "Mutation", "Subscription"].includes(name)).toSorted();
}

/** Fields of a type of an SDL, as `name: Type`. */
function fieldsOf(sdl: string, type: string): string[] {
  return parse(sdl).definitions.flatMap((one) =>
    one.kind === Kind.OBJECT_TYPE_DEFINITION && one.name.value === type
      ? (one.fields ?? []).map((field) => `${field.name.value}: ${print(field.type)}`)
      : [],
  );
}

test("the names taken by the SDL are those listed for partners", () => {
  const listed = codeBlock("output", "partner-names", "text").split(/\s+/).filter(Boolean);
  expect(listed).toEqual(definedTypes(subgraphSdl()));
});

test("the partner of the document shares Money as it is, and joins by fields that Payment has", () => {
  const partner = codeBlock("example", "partner-sdl", "graphql");
  expect(fieldsOf(partner, "Money")).toEqual(fieldsOf(subgraphSdl(), "Money"));
  const payment = fieldsOf(subgraphSdl(), "Payment");
  expect(payment).toEqual(expect.arrayContaining(fieldsOf(partner, "Payment").slice(0, 2)));
  expect(subgraphSdl()).toContain(
    'type Payment implements Node @key(fields: "id") @key(fields: "source { id } externalId")',
  );
});

test("the fields of the document have the scopes that the SDL names", () => {
  const scopesOf = (sdl: string) =>
    parse(sdl).definitions.flatMap((one) =>
      one.kind === Kind.OBJECT_TYPE_DEFINITION && one.name.value === "Mutation"
        ? (one.fields ?? []).map(({ name, directives = [] }) => [
            name.value,
            directives
              .filter((directive) => directive.name.value === "requiresScopes")
              .map((directive) => print(directive)),
          ])
        : [],
    );
  const all = scopesOf(subgraphSdl());
  const documented = scopesOf(codeBlock("example", "partner-scopes", "graphql"));
  expect(documented).toHaveLength(2);
  for (const field of documented) expect(all).toContainEqual(field);
  expect(subgraphSdl({ scopes: false })).not.toContain("requiresScopes");
});

test("the subscription of the document is valid", () => {
  expect(validate(loadSchema(), parse(codeBlock("example", "partner-subscription", "graphql")))).toEqual([]);
});

test.each(["partner-router", "partner-traces"])("the settings of Apollo Router in %s are YAML about Sluice", (name) => {
  const settings = parseYaml(codeBlock("example", name, "yaml")) as { readonly headers?: unknown };
  expect(settings.headers).toMatchObject({ subgraphs: { sluice: { request: [expect.anything()] } } });
});

test("every type has one tag, and every root field has one: what has two would be left out by both", () => {
  const tagsOf = (node: { readonly directives?: readonly ConstDirectiveNode[] | undefined }) =>
    (node.directives ?? []).flatMap(({ name, arguments: [tag] = [] }) =>
      name.value === "tag" && tag?.value.kind === Kind.STRING && tag.value.value !== "relay" ? [tag.value.value] : [],
    );
  const types = parse(subgraphSdl()).definitions.filter(isTypeDefinitionNode);
  const isRoot = ({ name }: TypeDefinitionNode) => ["Query", "Mutation", "Subscription"].includes(name.value);
  const roots = types.filter(isRoot).filter((type) => type.kind === Kind.OBJECT_TYPE_DEFINITION);
  const elements = [...types.filter((type) => !isRoot(type)), ...roots.flatMap(({ fields = [] }) => fields)];
  expect(elements.length).toBeGreaterThan(200);
  expect(elements.filter((one) => tagsOf(one).length !== 1).map(({ name }) => name.value)).toEqual([]);
});

test("the table of tags has every tag of the SDL, with the contracts that leave it out", () => {
  const tags = new Set([...subgraphSdl().matchAll(/@tag\(name: "(\w+)"\)/g)].map(([, tag = ""]) => tag));
  const rows = tableUnder("docs/partners.md", "Contracts");
  expect(rows.map(([tag = ""]) => tag.replaceAll("`", "")).toSorted()).toEqual([...tags].toSorted());
  for (const [contract, excluded] of Object.entries(CONTRACTS)) {
    const leftOut = rows.filter(([, , by = ""]) => by.includes(`\`${contract}\``)).map(([tag = ""]) => tag);
    expect([contract, leftOut]).toEqual([contract, excluded.map((tag) => `\`${tag}\``)]);
  }
});
