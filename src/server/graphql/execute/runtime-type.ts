import {
  defaultTypeResolver,
  type GraphQLAbstractType,
  GraphQLError,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isObjectType,
} from "graphql";
import type { FieldPlan } from "./operation-plan.ts";

/** A value whose type is a union or an interface. */
export interface AbstractValue {
  readonly value: unknown;
  readonly contextValue: unknown;
  readonly plan: FieldPlan;
  readonly schema: GraphQLSchema;
}

/**
 * Returns the object type of a value.
 * @throws GraphQLError if the type's resolver does not return one of its object types
 */
export function runtimeTypeOf(
  type: GraphQLAbstractType,
  value: AbstractValue,
  info: () => GraphQLResolveInfo,
): GraphQLObjectType | Promise<GraphQLObjectType> {
  const resolve = type.resolveType ?? defaultTypeResolver;
  const name = resolve(value.value, value.contextValue, info(), type);
  return typeof name === "object"
    ? name.then((arrived) => requireType(type, value, arrived))
    : requireType(type, value, name);
}

function requireType(
  type: GraphQLAbstractType,
  { plan: { nodes, parentType, field }, schema }: AbstractValue,
  name: string | undefined,
): GraphQLObjectType {
  const runtimeType = name === undefined ? undefined : schema.getType(name);
  if (isObjectType(runtimeType) && schema.isSubType(type, runtimeType)) return runtimeType;
  const place = `field "${parentType.name}.${field.name}"`;
  throw new GraphQLError(
    `Abstract type "${type.name}" must resolve to one of its Object types at runtime for ${place}, got ${name}.`,
    { nodes },
  );
}
