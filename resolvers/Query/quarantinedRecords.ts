import type { QueryResolvers } from "../__generated__/types.ts";
import { rootList } from "../root-list.ts";

export const quarantinedRecords: NonNullable<QueryResolvers["quarantinedRecords"]> = (_root, args, context) =>
  rootList(context, args, "quarantinedRecords", context.loaders.lists.quarantinedRecords);
