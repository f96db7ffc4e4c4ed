import {
  type GraphQLNamedType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
  isUnionType,
} from "graphql";
import { inputError } from "../../resolvers/input-error.ts";

/**
 * Restricts `_entities` to our own entities and to interfaces with a key: a representation of any other type fails only
 * its own item, and is reported as the caller's mistake. The subgraph library throws for all of them at once, as if the
 * mistake were ours.
 */
export function refuseForeignRepresentations(schema: GraphQLSchema): void {
  const union = schema.getType("_Entity");
  const field = schema.getQueryType()?.getFields()["_entities"];
  const resolve = field?.resolve;
  if (!isUnionType(union) || field === undefined || resolve === undefined) return; // no type has a key
  const interfaces = Object.values(schema.getTypeMap()).filter(isKeyedInterface);
  const entities: ReadonlySet<unknown> = new Set([...union.getTypes(), ...interfaces].map(({ name }) => name));
  field.resolve = (root, { representations }: { readonly representations: readonly unknown[] }, context, info) =>
    representations.map(async (representation) => {
      const name = typenameOf(representation);
      if (!entities.has(name)) throw inputError("representations", "must have the __typename of an entity");
      const load = loaderOf(schema, name);
      if (load !== undefined) return named(await load(representation, context, info), name);
      const [entity] = (await resolve(root, { representations: [representation] }, context, info)) as unknown[];
      return entity;
    });
}

/** Another subgraph that declares such an interface with `@interfaceObject` sends its name as that of the type. */
function isKeyedInterface(type: GraphQLNamedType): boolean {
  return isInterfaceType(type) && (type.astNode?.directives ?? []).some(({ name }) => name.value === "key");
}

type LoadReference = (representation: unknown, context: unknown, info: GraphQLResolveInfo) => unknown;

/** The resolver of references of an object type, where the library keeps it; it would call it for a list of one. */
function loaderOf(schema: GraphQLSchema, name: unknown): LoadReference | undefined {
  const type = typeof name === "string" ? schema.getType(name) : undefined;
  if (!isObjectType(type)) return undefined;
  const { apollo } = type.extensions as {
    readonly apollo?: { readonly subgraph?: { resolveReference?: LoadReference } };
  };
  return apollo?.subgraph?.resolveReference;
}

/** The union of all entities finds the type of an object by this property. */
function named(entity: unknown, name: unknown): unknown {
  if (typeof entity === "object" && entity !== null && !("__typename" in entity))
    Object.defineProperty(entity, "__typename", { value: name });
  return entity;
}

function typenameOf(representation: unknown): unknown {
  if (typeof representation !== "object" || representation === null) return undefined;
  return "__typename" in representation ? representation.__typename : undefined;
}
