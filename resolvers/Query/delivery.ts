import type { QueryResolvers } from "../__generated__/types.ts";
import { loadOptional } from "../load-optional.ts";

export const delivery: NonNullable<QueryResolvers["delivery"]> = (_root, { id }, context) =>
  loadOptional(context.loaders.deliveryById, id);
