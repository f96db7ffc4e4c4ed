import { expect, test } from "@jest/globals";
import { defaultFieldResolver, type GraphQLResolveInfo, parse, print } from "graphql";
import { loadSchema, type SchemaOptions } from "./load-schema.ts";

/** What composers get of a schema that was loaded with these options. */
function servedSdl(options: SchemaOptions): string {
  const resolve = loadSchema(options).getQueryType()?.getFields()["_service"]?.resolve ?? defaultFieldResolver;
  return (resolve(undefined, {}, {}, {} as GraphQLResolveInfo) as { readonly sdl: string }).sdl; // reads none
}

test("_service returns @requiresScopes by default, and without scopes an SDL that differs in nothing else", () => {
  const [published, unscoped] = [servedSdl({}), servedSdl({ publishesScopes: false })];
  expect(published).toContain('@requiresScopes(scopes: [["admin"]])');
  expect(unscoped).not.toMatch(/scope\w*__|requiresScopes/i);
  const removed = print(parse(published))
    .replace(/ ?@requiresScopes\(scopes: \[\["\w+"\]\]\)/g, "")
    .replace(/, "@requiresScopes"/, "")
    .replaceAll(/directive @requiresScopes[^\n]*\n\n|scalar federation__Scope\n\n/g, "");
  expect(unscoped).toBe(removed);
});

test("_service returns the SDL that was printed for the first request, to every later one", () => {
  const field = loadSchema().getQueryType()?.getFields()["_service"];
  const resolve = field?.resolve ?? defaultFieldResolver;
  const service = () => resolve(undefined, {}, {}, {} as GraphQLResolveInfo) as { readonly sdl: string }; // reads none
  const first = service();
  expect(first.sdl).toContain("type Payment implements Node");
  expect(service()).toBe(first);
});

test("the schema does not keep the tokens of its SDL in memory", () => {
  const types = Object.values(loadSchema().getTypeMap());
  expect(types.filter(({ astNode }) => astNode?.loc !== undefined)).toEqual([]);
  expect(types.filter(({ astNode }) => astNode?.kind === "ObjectTypeDefinition").length).toBeGreaterThan(50); // it has their definitions
});
