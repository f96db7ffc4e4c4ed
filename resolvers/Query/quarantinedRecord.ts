import type { QueryResolvers } from "../__generated__/types.ts";
import { loadOptional } from "../load-optional.ts";

export const quarantinedRecord: NonNullable<QueryResolvers["quarantinedRecord"]> = (_root, { id }, context) =>
  loadOptional(context.loaders.quarantinedRecordById, id);
