import type { QueryResolvers } from "../__generated__/types.ts";
import { loadOptional } from "../load-optional.ts";

export const ledgerEntry: NonNullable<QueryResolvers["ledgerEntry"]> = (_root, { id }, context) =>
  loadOptional(context.loaders.ledgerEntryById, id);
