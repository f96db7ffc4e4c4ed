import type { QueryResolvers } from "../__generated__/types.ts";
import { loadOptional } from "../load-optional.ts";

export const refund: NonNullable<QueryResolvers["refund"]> = (_root, { id }, context) =>
  loadOptional(context.loaders.refundById, id);
