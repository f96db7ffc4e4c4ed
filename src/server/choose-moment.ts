import { defaultFieldResolver, type GraphQLSchema } from "graphql";
import type { Context } from "../../resolvers/context.ts";

/** Argument with the moment whose state is read. */
const ARGUMENT = "asOf";

/**
 * Makes each field of `Query` that has the argument `asOf` choose the moment of its operation before its resolver is
 * called, so that everything below it is read in the state of that moment.
 */
export function chooseMoments(schema: GraphQLSchema): void {
  for (const field of Object.values(schema.getQueryType()?.getFields() ?? {})) {
    if (!field.args.some(({ name }) => name === ARGUMENT)) continue;
    const { resolve = defaultFieldResolver, name } = field;
    field.resolve = (parent, args: { readonly [ARGUMENT]?: string | null }, context: Context, info) => {
      context.moment.choose(name, args[ARGUMENT] ?? null);
      return resolve(parent, args, context, info);
    };
  }
}
