import { buildSubgraphSchema, type GraphQLResolverMap } from "@apollo/subgraph";

import { type GraphQLSchema, type DocumentNode, parse } from "graphql";
import { readdirSync, readFileSync } from "node:fs";
import { resolvers } from "../../resolvers/index.ts";
import { refuseForeignRepresentations } from "./foreign-representations.ts";

const FOLDER = new URL("../../schema/", import.meta.url);

/** Reads the SDL from all files of the schema folder, by name. */
export function readTypeDefs(): DocumentNode {
  const names = readdirSync(FOLDER)
    .filter((name) => name.endsWith(".graphql"))
    .sort();
  return parse(names.map((name) => readFileSync(new URL(name, FOLDER), "utf8")).join("\n"));
}

/** Builds the subgraph's schema with its resolvers. Takes tens of milliseconds: once per process. */
export function loadSchema(): GraphQLSchema {
  // The subgraph library's map type has no context type; the generated types checked our resolvers against the SDL.
  return createSubgraphSchema(readTypeDefs(), resolvers as GraphQLResolverMap<unknown>);
}

/** Builds a subgraph's schema that answers `_service` and `_entities` as ours does. */
export function createSubgraphSchema(typeDefs: DocumentNode, map: GraphQLResolverMap<unknown>): GraphQLSchema {
  const schema = buildSubgraphSchema([{ typeDefs, resolvers: map }]);
  refuseForeignRepresentations(schema);
  printSdlOnce(schema);
  return schema;
}

/** The subgraph library prints the SDL for every request, which takes tens of milliseconds. */
function printSdlOnce(schema: GraphQLSchema): void {
  const field = schema.getQueryType()?.getFields()["_service"];
  const resolve = field?.resolve;
  if (field === undefined || resolve === undefined) return;
  let service: unknown;
  field.resolve = (...args) => (service ??= resolve(...args) as unknown);
}
