import type { QueryResolvers } from "../__generated__/types.ts";
import { loadOptional } from "../load-optional.ts";

export const dispute: NonNullable<QueryResolvers["dispute"]> = (_root, { id }, context) =>
  loadOptional(context.loaders.disputeById, id);
