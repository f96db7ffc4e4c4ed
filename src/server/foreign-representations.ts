import { type GraphQLNamedType, type GraphQLSchema, isInterfaceType, isUnionType } from "graphql";
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
      if (!entities.has(typenameOf(representation))) {
        throw inputError("representations", "must have the __typename of an entity");
      }
      const [entity] = (await resolve(root, { representations: [representation] }, context, info)) as unknown[];
      return entity;
    });
}

/** Another subgraph that declares such an interface with `@interfaceObject` sends its name as that of the type. */
function isKeyedInterface(type: GraphQLNamedType): boolean {
  return isInterfaceType(type) && (type.astNode?.directives ?? []).some(({ name }) => name.value === "key");
}

function typenameOf(representation: unknown): unknown {
  if (typeof representation !== "object" || representation === null) return undefined;
  return "__typename" in representation ? representation.__typename : undefined;
}
