import { buildSubgraphSchema, type GraphQLResolverMap } from "@apollo/subgraph";

import { type GraphQLSchema, type DocumentNode, parse } from "graphql";
import { readdirSync, readFileSync } from "node:fs";
import { resolvers } from "../../resolvers/index.ts";
import { refuseForeignRepresentations } from "./foreign-representations.ts";

const FOLDER = new URL("../../schema/", import.meta.url);

/** The SDL, all files of the schema folder by name. */
export function readTypeDefs(): DocumentNode {
  const names = readdirSync(FOLDER)
    .filter((name) => name.endsWith(".graphql"))
    .sort();
  return parse(names.map((name) => readFileSync(new URL(name, FOLDER), "utf8")).join("\n"));
}

/** The subgraph's schema with its resolvers. Takes some tens of milliseconds: once per process. */
export function loadSchema(): GraphQLSchema {
  // The subgraph library's map type knows no context; ours was checked against the SDL by the generated types.
  const schema = buildSubgraphSchema([
    { typeDefs: readTypeDefs(), resolvers: resolvers as GraphQLResolverMap<unknown> },
  ]);
  refuseForeignRepresentations(schema);
  return schema;
}
