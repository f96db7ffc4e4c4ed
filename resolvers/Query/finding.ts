import type { QueryResolvers } from "../__generated__/types.ts";
import { loadOptional } from "../load-optional.ts";

export const finding: NonNullable<QueryResolvers["finding"]> = (_root, { id }, context) =>
  loadOptional(context.loaders.findingById, id);
