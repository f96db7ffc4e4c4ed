import type { QueryResolvers } from "../__generated__/types.ts";
import { loadOptional } from "../load-optional.ts";

export const party: NonNullable<QueryResolvers["party"]> = (_root, { id }, context) =>
  loadOptional(context.loaders.partyById, id);
