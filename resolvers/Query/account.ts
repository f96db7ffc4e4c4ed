import type { QueryResolvers } from "../__generated__/types.ts";
import { loadOptional } from "../load-optional.ts";

export const account: NonNullable<QueryResolvers["account"]> = (_root, { id }, context) =>
  loadOptional(context.loaders.accountById, id);
