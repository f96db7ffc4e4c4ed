import type { QueryResolvers } from "../__generated__/types.ts";
import { loadOptional } from "../load-optional.ts";

export const file: NonNullable<QueryResolvers["file"]> = (_root, { id }, context) =>
  loadOptional(context.loaders.fileById, id);
