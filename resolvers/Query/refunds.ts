import type { QueryResolvers } from "../__generated__/types.ts";
import { rootList } from "../root-list.ts";

export const refunds: NonNullable<QueryResolvers["refunds"]> = (_root, args, context) =>
  rootList(context, args, "refunds", context.loaders.lists.refunds);
