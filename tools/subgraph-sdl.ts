import { type ASTNode, type DocumentNode, Kind, parse, print, visit } from "graphql";
import { readTypeDefs } from "../src/server/load-schema.ts";
import { withoutScopes } from "../src/server/scopes-in-sdl.ts";

/** Tags that each contract leaves out; the graph without a contract has everything. */
export const CONTRACTS = {
  partner: ["dashboard", "internal"],
  dashboard: ["internal"],
} as const satisfies Record<string, readonly string[]>;
export type Contract = keyof typeof CONTRACTS;

export interface SubgraphSdlOptions {
  /** Default: everything. */
  readonly contract?: Contract | undefined;
  /**
   * True for a supergraph in which other subgraphs have objects that implement `Node`: leaves out what can be there only
   * once, `Query.node` and `Query.nodes`, and makes the key of the interface one that this subgraph does not resolve,
   * because it cannot know the types of the others. Default: false.
   */
  readonly sharedNode?: boolean;
  /** False: leaves out `@requiresScopes`. Default: true. */
  readonly scopes?: boolean;
}

/** Returns the SDL of the subgraph, as another subgraph's team or a schema registry gets it. */
export function subgraphSdl({ contract, sharedNode = false, scopes = true }: SubgraphSdlOptions = {}): string {
  const tags: readonly string[] = contract === undefined ? [] : CONTRACTS[contract];
  const typeDefs = scopes ? readTypeDefs() : withoutScopes(readTypeDefs());
  const document = withoutTags(typeDefs, sharedNode ? [...tags, "relay"] : tags);
  return `${print(sharedNode ? withUnresolvableInterfaces(document) : document)}\n`;
}

/** Removes every element that has one of these tags, and the types of which nothing is left. */
function withoutTags(document: DocumentNode, tags: readonly string[]): DocumentNode {
  const filtered = visit(document, {
    enter: (node) => (tagsOf(node).some((tag) => tags.includes(tag)) ? null : undefined),
  });
  const definitions = filtered.definitions.filter(
    (definition) => definition.kind !== Kind.OBJECT_TYPE_DEFINITION || (definition.fields ?? []).length > 0,
  );
  const types = new Set(definitions.map((definition) => ("name" in definition ? definition.name?.value : undefined)));
  return visit(
    { ...filtered, definitions },
    {
      UnionTypeDefinition: (union) => ({
        ...union,
        types: union.types?.filter((type) => types.has(type.name.value)) ?? [],
      }),
    },
  );
}

function tagsOf(node: ASTNode): string[] {
  if (!("directives" in node)) return [];
  return (node.directives ?? []).flatMap(({ name, arguments: [argument] = [] }) =>
    name.value === "tag" && argument?.value.kind === Kind.STRING ? [argument.value.value] : [],
  );
}

const UNRESOLVABLE = parse('type A @key(fields: "id", resolvable: false) { id: ID! }', { noLocation: true });

function withUnresolvableInterfaces(document: DocumentNode): DocumentNode {
  const [example] = UNRESOLVABLE.definitions;
  const key = example?.kind === Kind.OBJECT_TYPE_DEFINITION ? (example.directives ?? []) : [];
  return visit(document, {
    InterfaceTypeDefinition: (node) => ({
      ...node,
      directives: (node.directives ?? []).flatMap((directive) => (directive.name.value === "key" ? key : [directive])),
    }),
  });
}
