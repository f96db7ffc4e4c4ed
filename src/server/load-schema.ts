import { buildSubgraphSchema, type GraphQLResolverMap } from "@apollo/subgraph";

import { type GraphQLSchema, type DocumentNode, parse, print } from "graphql";
import { readdirSync, readFileSync } from "node:fs";
import { resolvers } from "../../resolvers/index.ts";
import { chooseMoments } from "./choose-moment.ts";
import { enforceScopes } from "./enforce-scopes.ts";
import { refuseForeignRepresentations } from "./foreign-representations.ts";
import { withoutScopes } from "./scopes-in-sdl.ts";

const FOLDER = new URL("../../schema/", import.meta.url);

/** Reads the SDL from all files of the schema folder, by name. */
export function readTypeDefs(): DocumentNode {
  const names = readdirSync(FOLDER)
    .filter((name) => name.endsWith(".graphql"))
    .sort();
  const text = names.map((name) => readFileSync(new URL(name, FOLDER), "utf8")).join("\n");
  return parse(text, { noLocation: true }); // the schema would keep every token of it, some 4 MB
}

export interface SchemaOptions {
  /** False: `_service { sdl }` has no `@requiresScopes`; the scopes are enforced all the same. Default: true. */
  readonly publishesScopes?: boolean | undefined;
}

/** Builds the subgraph's schema with its resolvers. Takes tens of milliseconds: once per process. */
export function loadSchema(options: SchemaOptions = {}): GraphQLSchema {
  // The subgraph library's map type has no context type; the generated types checked our resolvers against the SDL.
  return createSubgraphSchema(readTypeDefs(), resolvers as GraphQLResolverMap<unknown>, options);
}

/** Builds a subgraph's schema that answers `_service` and `_entities` as ours does. */
export function createSubgraphSchema(
  typeDefs: DocumentNode,
  map: GraphQLResolverMap<unknown>,
  { publishesScopes = true }: SchemaOptions = {},
): GraphQLSchema {
  const schema = buildSubgraphSchema([{ typeDefs, resolvers: map }]);
  enforceScopes(schema);
  chooseMoments(schema);
  refuseForeignRepresentations(schema);
  printSdlOnce(schema, publishesScopes);
  return schema;
}

/** The subgraph library prints the SDL for every request, which takes tens of milliseconds. */
function printSdlOnce(schema: GraphQLSchema, publishesScopes: boolean): void {
  const field = schema.getQueryType()?.getFields()["_service"];
  const resolve = field?.resolve;
  if (field === undefined || resolve === undefined) return;
  let service: { readonly sdl: string } | undefined;
  const printed = (given: { readonly sdl: string }) =>
    publishesScopes ? given : { sdl: print(withoutScopes(parse(given.sdl))) };
  // The library resolves the field with the printed SDL.
  field.resolve = (...args) => (service ??= printed(resolve(...args) as { readonly sdl: string }));
}
