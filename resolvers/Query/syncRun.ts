import type { QueryResolvers } from "../__generated__/types.ts";
import { loadOptional } from "../load-optional.ts";

export const syncRun: NonNullable<QueryResolvers["syncRun"]> = (_root, { id }, context) =>
  loadOptional(context.loaders.syncRunById, id);
