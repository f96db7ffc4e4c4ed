import type { QueryResolvers } from "../__generated__/types.ts";
import { loadOptional } from "../load-optional.ts";

export const source: NonNullable<QueryResolvers["source"]> = (_root, { id }, context) =>
  loadOptional(context.loaders.sourceById, id);
