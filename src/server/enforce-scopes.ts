import {
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLSchema,
  isObjectType,
  Kind,
  valueFromASTUntyped,
} from "graphql";
import { z } from "zod";
import type { Context } from "../../resolvers/context.ts";
import { SCOPES, type Scope } from "../../resolvers/principal.ts";
import { requireOneOf } from "../../resolvers/require-scope.ts";

/** Lists of scopes: a caller needs all scopes of one of them. */
export type RequiredScopes = readonly (readonly Scope[])[];

const DIRECTIVE = "requiresScopes";
const SCOPE_LISTS = z.array(z.array(z.enum(SCOPES)).min(1)).min(1);

/**
 * Makes each field refuse the callers that its `@requiresScopes` excludes, before its resolver is called. So the SDL,
 * from which gateways enforce the same, is the only place that says which scope a field requires. That every operation
 * requires `read` is checked by the gate.
 * @throws ZodError for a scope that does not exist
 */
export function enforceScopes(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const required = requiredScopes(field);
      if (required !== undefined) protect(field, required);
    }
  }
}

/** Returns the scopes that a field requires by the SDL; undefined: none of its own. */
export function requiredScopes({
  astNode,
}: Pick<GraphQLField<unknown, unknown>, "astNode">): RequiredScopes | undefined {
  const directive = astNode?.directives?.find(({ name }) => name.value === DIRECTIVE);
  const argument = directive?.arguments?.find(({ name }) => name.value === "scopes");
  if (argument === undefined || argument.value.kind === Kind.NULL) return undefined;
  return SCOPE_LISTS.parse(valueFromASTUntyped(argument.value));
}

function protect(field: GraphQLField<unknown, Context>, required: RequiredScopes): void {
  const { resolve = defaultFieldResolver } = field;
  field.resolve = (parent, args, context, info) => {
    requireOneOf(context.principal, required);
    return resolve(parent, args, context, info);
  };
}
