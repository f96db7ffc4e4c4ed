import type { QueryResolvers } from "../__generated__/types.ts";
import { loadOptional } from "../load-optional.ts";

export const payout: NonNullable<QueryResolvers["payout"]> = (_root, { id }, context) =>
  loadOptional(context.loaders.payoutById, id);
